'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useKeptFocus, useLeftFocus } from '@/components/kept-focus';
import { classes } from '@/lib/classes';
import { useExternal } from '@/lib/external';
import { useOpenTask } from '@/lib/location';
import { DayHeading, DaysHeading, SectionHeading } from './day-heading';
import { focusList, LIST_ID } from '@/features/tasks/data/focus';
import type { RowKey } from './drag';
import { ListItem } from './list-item';
import { useListKeys } from './list-keys';
import { useReorder } from './reorder';
import { type Row } from '@/features/tasks/data/rows';
import type { ListQuery } from '@/features/tasks/data/lists';
import type { Selection } from '@/features/tasks/data/selection';
import { TaskRow } from './task-row';
import { useTasks } from '@/features/tasks/data/provider';

/** Usual heights, until the rows are measured. */
const HEIGHTS: Record<Row['kind'], number> = { task: 40, day: 56, days: 56, section: 56 };
const AHEAD = 40;

interface Props {
  rows: Row[];
  query: ListQuery;
  selection: Selection;
  busy: boolean;
  /** Whether the tasks are in the order by hand, so that they can be moved. */
  isOrdered: boolean;
  /** Called to show each of some empty days that share a heading. */
  onShowDays: (days: readonly string[]) => void;
  /** Called when the visible rows come near the end of the loaded ones. */
  onEnd: () => void;
}

/** A virtualized list: only the rows in view are rendered. */
export function TaskList({ rows, query, selection, busy, isOrdered, onShowDays, onEnd }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<number | null>(null);
  const openId = useOpenTask();
  const { keyOf, isSettling } = useTasks().store;
  const settling = useExternal(isSettling);
  const keys = useMemo(() => rows.map((row) => keyOfRow(row, keyOf)), [rows, keyOf]);
  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler leaves this component as it is
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => HEIGHTS[rows[index]?.kind ?? 'task'],
    overscan: 12,
    paddingEnd: 72, // on phones, a button covers the end of the list
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
  useLeftFocus(); // the last task may leave the list
  const { dragging, target, said, shift } = useReorder({
    rows,
    keys,
    isOrdered,
    onShowDays,
    selected: selection.tasks,
    onDropped: selection.clear,
  });
  const shiftInView = (key: number, step: 1 | -1) => {
    shift(key, step);
    requestAnimationFrame(() => focus(key));
  };
  const { onKeyDown } = useListKeys({ rows, query, selection, focus, edit: setEditing, shift: shiftInView });

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
      <p role="status" className="sr-only">
        {said}
      </p>
      <ul
        aria-label="Tasks"
        aria-busy={busy}
        className="relative mx-auto max-w-[calc(var(--container-column)-2*var(--spacing-beside))]"
        style={{ height: virtual.getTotalSize() }}
      >
        {places.map(({ key, index, start }) => {
          const row = rows[index];
          if (!row) return null;
          const day = days[index] ?? null;
          const rowKey = key as RowKey;
          const taskKey = key as number;
          const isDraggable = row.kind === 'task' && (isOrdered || day !== null) && editing !== rowKey;
          return (
            <ListItem
              key={key}
              rowKey={rowKey}
              index={index}
              {...(row.kind === 'task' ? { size: rows.length } : {})}
              start={start}
              measure={virtual.measureElement}
              settling={settling}
              isTarget={day !== null && day === target?.day}
              edge={isOrdered && target?.key === rowKey ? target.edge : null}
              isDraggable={isDraggable}
              dragging={dragging}
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
                  rowKey={taskKey}
                  search={query.q}
                  isDraggable={isDraggable}
                  isDaySaid={row.isDaySaid}
                  active={selection.active === taskKey}
                  open={row.task.id === openId}
                  selected={selection.keys.has(taskKey)}
                  editing={editing === taskKey}
                  selection={selection.actions}
                  onEdit={setEditing}
                  onEdited={onEdited}
                />
              )}
            </ListItem>
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
