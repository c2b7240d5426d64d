'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { tell } from '@/components/toasts';
import { useZone } from '@/lib/account';
import { longDay } from '@/lib/dates';
import { compare } from '@/features/tasks/data/lists';
import { dueDay, type Task } from '@/features/tasks/data/model';
import { useChange } from '@/features/tasks/data/mutations';
import { useTasks } from '@/features/tasks/data/provider';
import type { Row } from '@/features/tasks/data/rows';
import { type Section, sectionAt } from '@/features/tasks/data/sections';
import type { Dragging, Place, RowKey } from './drag';

const loadRelocation = () => import('@/features/tasks/data/relocation');

interface Parts {
  rows: readonly Row[];
  keys: readonly RowKey[];
  /** Whether the list shows the order by hand. If not, tasks are moved to other days only. */
  isOrdered: boolean;
  onShowDays: (days: readonly string[]) => void;
  /** The selected tasks in the order of the list: they are dragged together. */
  selected: readonly Task[];
  onDropped: () => void;
}

interface Target extends Place {
  /** The day that the task gets, if it is another one. */
  day: string | null;
}

/** Moves tasks by hand: within their section, and to other days. */
export function useReorder(parts: Parts) {
  const { edit, editAll, move } = useChange();
  const { store } = useTasks();
  const zone = useZone();
  const [target, setTarget] = useState<Target | null>(null);
  /** What a screen reader says of a move. */
  const [said, setSaid] = useState('');

  /** Returns the section of a row. */
  function sectionOf(key: RowKey): Section | null {
    const { rows, keys } = parts;
    const index = keys.indexOf(key);
    if (index < 0) return null;
    return sorted(sectionAt(rows, index));
  }

  /** Returns a section as it is now: changes may not be rendered yet. */
  function sorted({ day, tasks }: Section): Section {
    const now = tasks.map((task) => store.shown(task.id) ?? task);
    return { day, tasks: parts.isOrdered ? now.toSorted((one, other) => compare(one, other, 'position')) : now };
  }

  function accepts(id: number, key: RowKey): boolean {
    if (parts.rows[parts.keys.indexOf(key)]?.kind === 'days') return true;
    const section = sectionOf(key);
    const isOwn = section?.tasks.some((task) => store.keyOf(task.id) === id);
    return isOwn ? parts.isOrdered : (section?.day ?? null) !== null;
  }

  function over(id: number, place: Place | null): void {
    const row = place && parts.rows[parts.keys.indexOf(place.key)];
    if (row?.kind === 'days') parts.onShowDays(row.days);
    const day = place && sectionOf(place.key)?.day;
    const isOther = day && day !== dayOf(id);
    const next = row && row.kind !== 'days' ? { ...place, day: isOther ? day : null } : null;
    setTarget((now) => (JSON.stringify(now) === JSON.stringify(next) ? now : next));
  }

  function dayOf(id: number): string | null {
    const task = store.shown(id);
    return task ? dueDay(task, zone) : null;
  }

  /** Returns the tasks that move with a dragged one: all selected ones, in the order of the list. */
  function movedWith(id: number, { day, tasks }: Section): Task[] {
    const dragged = store.shown(id);
    const isSelected = parts.selected.some((task) => store.keyOf(task.id) === id);
    const moved = isSelected ? parts.selected.map((task) => store.shown(task.id) ?? task) : dragged ? [dragged] : [];
    return day === null ? moved.filter((task) => tasks.some((one) => one.id === task.id)) : moved;
  }

  async function drop(id: number, { key, edge }: Place): Promise<void> {
    setTarget(null);
    const section = sectionOf(key);
    if (!section) return;
    const moved = movedWith(id, section);
    parts.onDropped();
    const at = section.tasks.findIndex((task) => store.keyOf(task.id) === key); // a heading is above all its tasks
    put(await loadRelocation(), moved, section, edge === 'below' ? at + 1 : Math.max(at, 0));
  }

  /** Moves a task by one place within its section, and from its end to the day beside. */
  async function shift(id: number, step: 1 | -1): Promise<void> {
    if (!parts.isOrdered) {
      tell('To move tasks up and down, sort by Manual');
      return;
    }
    const relocation = await loadRelocation(); // a key that is pressed meanwhile starts from where this one leads
    const section = sectionOf(id);
    const task = store.shown(id);
    if (!section || !task) return;
    const { tasks } = section;
    const at = tasks.findIndex((one) => one.id === task.id);
    const to = at + step;
    if (to >= 0 && to < tasks.length) {
      put(relocation, [task], section, step === 1 ? to + 1 : to);
      setSaid(`${task.title}: ${to + 1} of ${tasks.length}`);
      return;
    }
    const beside = relocation.dayBeside(parts.rows, parts.keys.indexOf(id), step);
    if (!beside) return;
    put(relocation, [task], sorted(beside), step === 1 ? 0 : beside.tasks.length);
    setSaid(`${task.title}: ${beside.day === null ? '' : longDay(beside.day)}`);
  }

  /** Puts tasks before the task at `index` of a section. */
  function put(
    { relocated }: Awaited<ReturnType<typeof loadRelocation>>,
    moved: readonly Task[],
    section: Section,
    index: number,
  ): void {
    const change = relocated(moved, { section, index, zone, isOrdered: parts.isOrdered });
    if (!change) return;
    const { tasks, fieldsOf, isOtherDay } = change;
    const [only, ...more] = tasks;
    if (isOtherDay) void move(tasks, fieldsOf);
    else if (only && more.length === 0) edit(only, fieldsOf(only));
    else editAll(tasks, fieldsOf);
  }

  const latest = useRef<Dragging>({ accepts, over, drop: (id, place) => void drop(id, place) });
  useEffect(() => {
    latest.current = { accepts, over, drop: (id, place) => void drop(id, place) };
  });
  const dragging = useMemo(
    (): Dragging => ({
      accepts: (...given) => latest.current.accepts(...given),
      over: (...given) => latest.current.over(...given),
      drop: (...given) => latest.current.drop(...given),
    }),
    [],
  );
  return { dragging, target, said, shift: (id: number, step: 1 | -1) => void shift(id, step) };
}
