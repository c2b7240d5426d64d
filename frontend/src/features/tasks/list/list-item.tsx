'use client';

import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { classes } from '@/lib/classes';
import type { Dragging, Edge, RowKey } from './drag';

const loadDrag = () => import('./drag');

interface Props {
  rowKey: RowKey;
  index: number;
  /** Number of rows, for a task. */
  size?: number;
  start: number;
  measure: (element: Element | null) => void;
  settling: boolean;
  /** Whether a dragged task gets the day of this row when it is dropped. */
  isTarget: boolean;
  /** Where a dragged task is dropped. */
  edge: Edge | null;
  isDraggable: boolean;
  dragging: Dragging;
  children: ReactNode;
}

/** A row of the list in its place. */
export function ListItem(props: Props) {
  const { rowKey, index, size, start, measure, settling, isTarget, edge, isDraggable, dragging, children } = props;
  const element = useRef<HTMLLIElement>(null);
  const setElement = useCallback(
    (item: HTMLLIElement | null) => {
      element.current = item;
      measure(item);
    },
    [measure],
  );
  useEffect(() => {
    let detach: (() => void) | undefined;
    let isGone = false;
    void loadDrag().then(
      ({ attachRow }) => {
        if (!isGone && element.current) detach = attachRow(element.current, rowKey, isDraggable, dragging);
      },
      () => undefined, // offline: tasks can be moved by keys
    );
    return () => {
      isGone = true;
      detach?.();
    };
  }, [rowKey, isDraggable, dragging]);
  return (
    <li
      ref={setElement}
      data-index={index}
      data-key={rowKey}
      className={classes(
        'absolute inset-x-0 top-0',
        settling && 'transition-transform duration-(--motion-collapse)',
        isTarget && 'bg-chosen shadow-[inset_3px_0_var(--accent)]',
        edge &&
          'after:pointer-events-none after:absolute after:inset-x-0 after:h-0.5 after:rounded-full after:bg-accent',
        edge === 'above' && 'after:-top-px',
        edge === 'below' && 'after:-bottom-px',
      )}
      data-target={isTarget || undefined}
      data-edge={edge ?? undefined}
      style={{ transform: `translateY(${start}px)` }}
      {...(size === undefined ? {} : { 'aria-setsize': size, 'aria-posinset': index + 1 })}
    >
      {children}
    </li>
  );
}
