'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { tell } from '@/components/toasts';
import { useZone } from '@/lib/account';
import { compare } from '@/features/tasks/data/lists';
import { dueDay, type Fields, type Task } from '@/features/tasks/data/model';
import { movedTo } from '@/features/tasks/data/moves';
import { useChange } from '@/features/tasks/data/mutations';
import { spanOf } from '@/features/tasks/data/positions';
import { useTasks } from '@/features/tasks/data/provider';
import type { Row } from '@/features/tasks/data/rows';
import { type Section, sectionAt } from '@/features/tasks/data/sections';
import type { Dragging, Place, RowKey } from './drag';

const loadPlacement = () => import('@/features/tasks/data/placement');

interface Parts {
  rows: readonly Row[];
  keys: readonly RowKey[];
  /** Whether the list shows the order by hand. If not, tasks are moved to other days only. */
  isOrdered: boolean;
  onShowDays: (days: readonly string[]) => void;
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

  /** The section of a row as it is now: changes may not be rendered yet. */
  function sectionOf(key: RowKey): Section | null {
    const { rows, keys, isOrdered } = parts;
    const index = keys.indexOf(key);
    if (index < 0) return null;
    const { day, tasks } = sectionAt(rows, index);
    const now = tasks.map((task) => store.shown(task.id) ?? task);
    return { day, tasks: isOrdered ? now.toSorted((one, other) => compare(one, other, 'position')) : now };
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

  async function drop(id: number, { key, edge }: Place): Promise<void> {
    setTarget(null);
    parts.onDropped();
    put(await loadPlacement(), id, key, (others) => {
      const at = others.findIndex((task) => store.keyOf(task.id) === key);
      return edge === 'below' ? at + 1 : Math.max(at, 0); // a heading is above all its tasks
    });
  }

  /** Moves a task by one place within its section. */
  async function shift(id: number, step: number): Promise<void> {
    if (!parts.isOrdered) {
      tell('To move tasks up and down, sort by Manual');
      return;
    }
    const placement = await loadPlacement(); // a key that is pressed meanwhile starts from where this one leads
    const tasks = sectionOf(id)?.tasks ?? [];
    const at = tasks.findIndex((task) => store.keyOf(task.id) === id);
    const to = Math.min(Math.max(at + step, 0), tasks.length - 1);
    if (to !== at) put(placement, id, id, () => to);
    setSaid(`${tasks[at]?.title ?? ''}: ${to + 1} of ${tasks.length}`);
  }

  /** Puts a task into the section of the row `key`. `indexIn` returns its place among the others. */
  function put(
    { placed }: Awaited<ReturnType<typeof loadPlacement>>,
    id: number,
    key: RowKey,
    indexIn: (others: readonly Task[]) => number,
  ): void {
    const section = sectionOf(key);
    const task = store.shown(id);
    if (!section || !task) return;
    const { day, tasks } = section;
    const others = tasks.filter((one) => one.id !== task.id);
    const index = indexIn(others);
    const isSame = day === null || day === dueDay(task, zone);
    if (isSame && tasks[index]?.id === task.id) return;
    const beside = others[index] ?? others[index - 1];
    const span = spanOf(day ?? (beside ? dueDay(beside, zone) : null), zone);
    const positions = parts.isOrdered ? placed(task, others, index, span) : new Map<Task, string>([[task, '']]);
    const fieldsOf = (one: Task): Fields => ({
      ...(one === task && !isSame ? movedTo(one, day, zone) : {}),
      ...(parts.isOrdered ? { position: positions.get(one) ?? one.position } : {}),
    });
    const changed = [...positions.keys()];
    if (!isSame) void move(changed, fieldsOf);
    else if (changed.length === 1) edit(task, fieldsOf(task));
    else editAll(changed, fieldsOf);
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
  return { dragging, target, said, shift: (id: number, step: number) => void shift(id, step) };
}
