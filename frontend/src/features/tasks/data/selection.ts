'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import type { Task } from './model';

/** Stable as long as the list is mounted, so that they do not make rows render again. */
export interface SelectionActions {
  activate: (key: number) => void;
  toggle: (key: number) => void;
  /** Selects all rows from the last selected one to this one. */
  extendTo: (key: number) => void;
  /** Selects all tasks of the list, also those that are not loaded. */
  all: () => void;
  clear: () => void;
}

/** Keys are those of `TaskStore.keyOf`, which do not change when a task gets its number. */
export interface Selection extends SelectionActions {
  keys: ReadonlySet<number>;
  tasks: Task[];
  /** Number of selected tasks, with those that are not loaded. */
  count: number;
  /** After "Select all": every task of the list but these numbers, also those that are not loaded. Otherwise null. */
  allBut: number[] | null;
  /** The row that can take the keyboard focus (roving tabindex). */
  active: number | null;
  actions: SelectionActions;
}

interface State {
  /** The selected rows; if `inverted`, those that are not selected. */
  chosen: ReadonlySet<number>;
  inverted: boolean;
  anchor: number | null;
  active: number | null;
}

const NOTHING: State = { chosen: new Set(), inverted: false, anchor: null, active: null };

/** `total` is the number of tasks of the list, loaded or not. */
export function useSelection(tasks: readonly Task[], total: number, keyOf: (id: number) => number): Selection {
  const [state, setState] = useState(NOTHING);
  const shown = useRef(tasks);
  useEffect(() => {
    shown.current = tasks;
  }, [tasks]);
  const actions = useMemo((): SelectionActions => {
    const order = () => shown.current.map((task) => keyOf(task.id));
    return {
      activate: (key) => setState((now) => (now.active === key ? now : { ...now, active: key })),
      toggle: (key) => setState((now) => ({ ...now, chosen: toggled(now.chosen, key), anchor: key, active: key })),
      extendTo: (key) => {
        const keys = order();
        setState((now) => {
          const range = between(keys, now, key);
          const rest = now.inverted ? [...now.chosen].filter((one) => !range.includes(one)) : [...now.chosen, ...range];
          return { ...now, chosen: new Set(rest), active: key };
        });
      },
      all: () => setState((now) => ({ ...now, chosen: new Set(), inverted: true })),
      clear: () => setState((now) => ({ ...now, chosen: new Set(), inverted: false })),
    };
  }, [keyOf]);
  return useMemo(() => {
    const { chosen, inverted, active } = state;
    const isChosen = (key: number) => chosen.has(key) !== inverted;
    const keys = tasks.map((task) => keyOf(task.id));
    const selected = tasks.filter((_, at) => isChosen(keys[at] ?? 0));
    const left = tasks.filter((_, at) => !isChosen(keys[at] ?? 0)).map((task) => task.id);
    const isThere = active !== null && keys.includes(active);
    return {
      ...actions,
      actions,
      keys: new Set(keys.filter(isChosen)),
      tasks: selected,
      count: inverted ? total - left.length : selected.length,
      allBut: inverted ? left : null,
      active: isThere ? active : (keys[0] ?? null),
    };
  }, [tasks, total, state, actions, keyOf]);
}

function toggled(chosen: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

function between(ids: number[], { anchor, active }: State, id: number): number[] {
  const [from = 0, to = 0] = [ids.indexOf(anchor ?? active ?? id), ids.indexOf(id)].sort((a, b) => a - b);
  return ids.slice(Math.max(from, 0), to + 1);
}
