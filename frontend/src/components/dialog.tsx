'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from '@/lib/classes';
import { IconButton } from './icon-button';
import { useReturnedFocus } from './kept-focus';

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: string | undefined;
  children: ReactNode;
  wide?: boolean;
  /** It shows what cannot be shown again: Escape and a click beside it do not close it. */
  kept?: boolean;
}

/** The button that is marked `data-safe` has the focus first, otherwise the first one. */
export function Dialog({ open, onClose, title, description, children, wide = false, kept = false }: Props) {
  useReturnedFocus();
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          onOpenAutoFocus={(event) => {
            const safe = (event.currentTarget as HTMLElement).querySelector<HTMLElement>('[data-safe]');
            if (!safe) return;
            event.preventDefault();
            safe.focus();
          }}
          onEscapeKeyDown={(event) => kept && event.preventDefault()}
          onInteractOutside={(event) => kept && event.preventDefault()}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={classes(
            'fixed top-[12vh] left-1/2 z-40 max-h-[80vh] -translate-x-1/2 overflow-y-auto rounded-card border border-edge bg-raised p-5 shadow-pop',
            wide ? 'w-[min(46rem,calc(100vw-1.5rem))]' : 'w-[min(34rem,calc(100vw-1.5rem))]',
          )}
        >
          <div className="mb-3 flex items-start gap-2">
            <Radix.Title className="text-body font-semibold">{title}</Radix.Title>
            {!kept && (
              <Radix.Close asChild>
                <IconButton label="Close" icon={X} className="-mt-1 ml-auto" />
              </Radix.Close>
            )}
          </div>
          {description && <Radix.Description className="mb-3 text-sm text-quiet">{description}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
