'use client';

import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from '@/lib/classes';

type Props = ComponentProps<'button'> & {
  icon: LucideIcon;
  /** The property, before its value for screen readers. */
  name?: string;
  children: ReactNode;
};

/** A row of the details: an icon and a value in words. Its button opens the editor. */
export function PropertyButton({ icon: Icon, name, className, children, ...props }: Props) {
  return (
    <button
      type="button"
      className={classes(
        'flex min-h-9 w-full items-start gap-3 rounded-row px-2 py-2 text-left text-sm hover:bg-hover disabled:hover:bg-transparent data-[state=open]:bg-hover max-sm:min-h-11 max-sm:py-3',
        className,
      )}
      {...props}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-quiet" />
      {name && <span className="sr-only">{name}: </span>}
      <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">{children}</span>
    </button>
  );
}
