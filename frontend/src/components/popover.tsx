'use client';

import { Popover as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { classes } from '@/lib/classes';
import { useKeptFocus } from './kept-focus';

interface Props {
  trigger: ReactNode;
  label: string;
  children: ReactNode;
  className?: string;
  /** Lays it in the column of the trigger: under its start, and moved up over it where there is no room below. */
  inColumn?: boolean;
  align?: 'start' | 'end';
  defaultOpen?: boolean;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Called after it has closed. Prevent the event's default to focus something other than the trigger. */
  onClosed?: (event: Event) => void;
}

const IN_COLUMN = { side: 'right', align: 'start', alignOffset: 4 } as const;

/** Escape in a field with uncommitted text (`data-draft`) is for the field; any other way to close it commits the text. */
export function Popover({
  trigger,
  label,
  children,
  className,
  inColumn = false,
  align = 'end',
  onClosed,
  ...state
}: Props) {
  const content = useRef<HTMLDivElement>(null);
  return (
    <Radix.Root {...state}>
      {inColumn ? (
        <div className="relative">
          <Radix.Trigger asChild>{trigger}</Radix.Trigger>
          {/* Radix moves a popover along one axis only, that of the side which it is not on: here up and down. */}
          <Radix.Anchor className="absolute bottom-0 left-0" />
        </div>
      ) : (
        <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      )}
      <Radix.Portal>
        <Radix.Content
          ref={content}
          aria-label={label}
          {...(inColumn ? IN_COLUMN : ({ side: 'bottom', align, sideOffset: 6 } as const))}
          collisionPadding={8}
          onOpenAutoFocus={(event) => {
            // On a touch screen, a focused field would bring up the keyboard over what can be tapped.
            if (!matchMedia('(pointer: coarse)').matches) return;
            event.preventDefault();
            content.current?.focus();
          }}
          onEscapeKeyDown={(event) => {
            if (event.target instanceof HTMLElement && event.target.matches('[data-draft]')) event.preventDefault();
          }}
          onInteractOutside={(event) => {
            // A dialog that asks about the change stands over it, and leads back to it.
            if (event.target instanceof HTMLElement && event.target.closest('[role=dialog]')) event.preventDefault();
            else blurWithin(content.current);
          }}
          {...(onClosed ? { onCloseAutoFocus: onClosed } : {})}
          className={classes(
            'z-40 max-h-(--radix-popover-content-available-height) overflow-y-auto rounded-card border border-edge bg-raised p-3 shadow-pop outline-none',
            inColumn ? 'max-w-[calc(100vw-2rem)]' : 'max-w-[calc(100vw-1rem)]',
            className,
          )}
        >
          <Body>{children}</Body>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Keeps the focus when the focused element goes, such as a button that removes what it belongs to. */
function Body({ children }: { children: ReactNode }) {
  const body = useRef<HTMLDivElement>(null);
  const kept = useKeptFocus(body, () => body.current?.focus());
  return (
    <div ref={body} tabIndex={-1} {...kept} className="outline-none">
      {children}
    </div>
  );
}

/** Blurs the focused field before it is removed: React calls no `onBlur` for a removed field. */
function blurWithin(root: HTMLElement | null): void {
  const focused = document.activeElement;
  if (focused instanceof HTMLElement && root?.contains(focused)) focused.blur();
}
