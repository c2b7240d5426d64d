'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useKeptFocus } from '@/components/kept-focus';
import { classes } from '@/lib/classes';
import { useExternal } from '@/lib/external';
import { useOpenTask } from '@/lib/location';
import { DayHeading, DaysHeading, SectionHeading } from './day-heading';
import { focusList, LIST_ID } from '@/features/tasks/data/focus';
import { useListKeys } from './list-keys';
import { useChange } from '@/features/tasks/data/mutations';
import { movedTo } from '@/features/tasks/data/moves';
import { DRAGGED, type Row } from '@/features/tasks/data/rows';
import type { Selection } from '@/features/tasks/data/selection';
import { TaskRow } from './task-row';
import { dueDay } from '@/features/tasks/data/model';
import { useZone } from '@/lib/account';
import { useTasks } from '@/features/tasks/data/provider';

/** Usual heights, until the rows are measured. */
const HEIGHTS: Record<Row['kind'], number> = { task: 40, day: 56, days: 56, section: 56 };
const AHEAD = 40;

interface Props {
  rows: Row[];
  search: string;
  selection: Selection;
  busy: boolean;
  /** Called to show each of some empty days that share a heading. */
  onShowDays: (days: readonly string[]) => void;
  /** Called when the visible rows come near the end of the loaded ones. */
  onEnd: () => void;
}

/** A virtualized list: only the rows in view are rendered. */
export function TaskList({ rows, search, selection, busy, onShowDays, onEnd }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<number | null>(null);
  /** The day that a dragged task is over. */
  const [target, setTarget] = useState<string | null>(null);
  const zone = useZone();
  const openId = useOpenTask();
  const { move } = useChange();
  const { keyOf, isSettling } = useTasks().store;
  const settling = useExternal(isSettling);
  const keys = useMemo(() => rows.map((row) => keyOfRow(row, keyOf)), [rows, keyOf]);
  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler leaves this component as it is
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => HEIGHTS[rows[index]?.kind ?? 'task'],
    overscan: 12,
    getItemKey: (index) => keys[index] ?? index,
  });
  const places = virtual.getVirtualItems();
  const lastVisible = places.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastVisible >= rows.length - AHEAD) onEnd();
  }, [lastVisible, rows.length, onEnd]);

  const shown = useRef(rows);
  useEffect(() => {
    shown.current = rows;
  }, [rows]);
  const focus = useCallback(
    (key: number) => {
      const index = shown.current.findIndex((row) => row.kind === 'task' && keyOf(row.task.id) === key);
      if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
      focusList(key);
    },
    [virtual, keyOf],
  );
  const revealed = useRef<number | null>(null);
  const { activate } = selection;
  useEffect(() => {
    if (openId === revealed.current) return;
    const index = rows.findIndex((row) => row.kind === 'task' && row.task.id === openId);
    if (openId !== null && index < 0) return; // its page may not be loaded yet
    revealed.current = openId;
    if (openId === null) return;
    virtual.scrollToIndex(index, { align: 'auto' });
    activate(keyOf(openId));
  }, [openId, rows, virtual, activate, keyOf]);
  const onEdited = useCallback(
    (key: number) => {
      setEditing(null);
      focus(key);
    },
    [focus],
  );
  /** Key and index of the focused row. */
  const place = useRef({ key: 0, index: 0 });
  useLayoutEffect(() => {
    const row = document.activeElement?.closest<HTMLElement>(`#${LIST_ID} [data-index]`);
    if (row) place.current = { key: Number(row.dataset.key), index: Number(row.dataset.index) };
  });
  /** Moves the focus to the next task, because the focused one has left the list. */
  function goOn(): void {
    const { key, index } = place.current;
    const isTask = (row: Row) => row.kind === 'task';
    if (keys.includes(key)) return; // it is only out of view
    const next = rows.slice(index).find(isTask) ?? rows.slice(0, index).findLast(isTask);
    if (next?.kind !== 'task') return;
    selection.activate(keyOf(next.task.id));
    focus(keyOf(next.task.id));
  }
  const kept = useKeptFocus(scroller, goOn);
  const { onKeyDown } = useListKeys({ rows, selection, focus, edit: setEditing });

  function drop(key: number, day: string): void {
    setTarget(null);
    const row = rows[keys.indexOf(key)];
    if (row?.kind === 'task' && dueDay(row.task, zone) !== day)
      void move([row.task], (task) => movedTo(task, day, zone));
  }

  function openDays(empty: readonly string[]): void {
    onShowDays(empty);
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`#${LIST_ID} [data-day="${empty[0] ?? ''}"] ~ button`)?.focus(),
    );
  }

  const days = useMemo(() => daysOf(rows), [rows]);
  return (
    <div
      ref={scroller}
      id={LIST_ID}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      {...kept}
      className={classes(
        'min-h-0 flex-1 overflow-y-auto px-beside pb-24 outline-none md:gutters',
        busy && 'opacity-60',
      )}
    >
      <ul
        aria-label="Tasks"
        aria-busy={busy}
        className="relative mx-auto max-w-[calc(var(--container-column)-2*var(--spacing-beside))]"
        style={{ height: virtual.getTotalSize() }}
        onDragEnd={() => setTarget(null)}
        onDragLeave={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget as Node | null)) setTarget(null);
        }}
      >
        {places.map(({ key, index, start }) => {
          const row = rows[index];
          if (!row) return null;
          const day = days[index] ?? null;
          const rowKey = key as number;
          const isTarget = day !== null && day === target;
          return (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              data-key={key}
              className={classes(
                'absolute inset-x-0 top-0',
                settling && 'transition-transform duration-(--motion-collapse)',
                isTarget && 'bg-chosen shadow-[inset_3px_0_var(--accent)]',
              )}
              data-target={isTarget || undefined}
              style={{ transform: `translateY(${start}px)` }}
              {...(row.kind === 'task' ? { 'aria-setsize': rows.length, 'aria-posinset': index + 1 } : {})}
              {...(row.kind === 'days' ? opensByDrag(() => onShowDays(row.days)) : dropTarget(day, setTarget, drop))}
            >
              {row.kind === 'day' ? (
                <DayHeading day={row.day} today={row.today} isDated={row.isDated} />
              ) : row.kind === 'days' ? (
                <DaysHeading days={row.days} onOpen={() => openDays(row.days)} />
              ) : row.kind === 'section' ? (
                <SectionHeading title={row.title} />
              ) : (
                <TaskRow
                  task={row.task}
                  rowKey={rowKey}
                  search={search}
                  belowDay={day !== null}
                  isDaySaid={row.isDaySaid}
                  active={selection.active === rowKey}
                  open={row.task.id === openId}
                  selected={selection.keys.has(rowKey)}
                  editing={editing === rowKey}
                  selection={selection.actions}
                  onEdit={setEditing}
                  onEdited={onEdited}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Returns for each row the day of the heading above it. */
function daysOf(rows: readonly Row[]): (string | null)[] {
  let last: string | null = null;
  return rows.map((row) => (row.kind === 'day' ? (last = row.day) : row.kind === 'days' ? (last = null) : last));
}

function keyOfRow(row: Row, keyOf: (id: number) => number): string | number {
  if (row.kind === 'task') return keyOf(row.task.id);
  if (row.kind === 'days') return row.days.join(' ');
  return row.kind === 'day' ? row.day : row.title;
}

/** A task that is dragged over empty days shows each of them. */
function opensByDrag(open: () => void) {
  return {
    onDragOver: (event: React.DragEvent) => {
      if (event.dataTransfer.types.includes(DRAGGED)) open();
    },
  };
}

function dropTarget(day: string | null, over: (day: string) => void, drop: (key: number, day: string) => void) {
  if (day === null) return {};
  return {
    onDragOver: (event: React.DragEvent) => {
      if (!event.dataTransfer.types.includes(DRAGGED)) return;
      event.preventDefault();
      over(day);
    },
    onDrop: (event: React.DragEvent) => {
      event.preventDefault();
      drop(Number(event.dataTransfer.getData(DRAGGED)), day);
    },
  };
}
