'use client';

import { Ellipsis } from 'lucide-react';
import { useRef } from 'react';
import { Dot } from '@/components/dot';
import { IconButton } from '@/components/icon-button';
import { OnDemand } from '@/components/on-demand';
import { ViewLink } from '@/components/view-link';
import { useTint } from '@/features/tasks/data/tag-colors';

const loadMenu = () => import('./tag-menu');

interface Props {
  name: string;
  /** Number of open tasks. */
  open: number;
  className: string;
  isHere: boolean;
}

/** A tag in the sidebar, with a menu: by its button, or a right click. */
export function TagPlace({ name, open, className, isHere }: Props) {
  const tintOf = useTint();
  const row = useRef<HTMLDivElement>(null);
  return (
    <div
      ref={row}
      className="group relative shrink-0"
      onContextMenu={(event) => {
        event.preventDefault();
        const button = row.current?.querySelector('button');
        // Once loaded, the menu opens by a key or a press, and no longer by a click.
        button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
        button?.click();
      }}
    >
      <ViewLink
        href={`/tag?name=${encodeURIComponent(name)}`}
        className={className}
        {...(isHere ? { 'aria-current': 'page' } : {})}
      >
        <span className="flex w-4 justify-center">
          <Dot tint={tintOf(name)} />
        </span>
        <span className="truncate">{name}</span>
        <span className="mr-0 ml-auto text-xs font-normal text-quiet tabular-nums pointer-coarse:mr-8 pointer-fine:group-focus-within:opacity-0 pointer-fine:group-hover:opacity-0">
          {open}
        </span>
      </ViewLink>
      <OnDemand
        kind="menu"
        load={loadMenu}
        props={{ tag: name }}
        trigger={
          <IconButton
            label={`Change the tag ${name}`}
            icon={Ellipsis}
            className="absolute top-0.5 right-0.5 text-quiet pointer-fine:not-data-[state=open]:not-group-hover:not-focus-visible:opacity-0"
          />
        }
      />
    </div>
  );
}
