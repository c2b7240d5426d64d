'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import type { Task } from './model';

/** Stable as long as the list is mounted, so that they do not make rows render again. */
export interface SelectionActions {
  activate: (key: number) => void;
  toggle: (key: number) => void;
  /** Selects all rows from the last selected one to this one. */
  extendTo: (key: number) => void;
  all: () => void;
  clear: () => void;
}

/** Keys are those of `TaskStore.keyOf`, which do not change when a task gets its number. */
export interface Selection extends SelectionActions {
  keys: ReadonlySet<number>;
  tasks: Task[];
  /** The row that can take the keyboard focus (roving tabindex). */
  active: number | null;
  actions: SelectionActions;
}

interface State {
  chosen: ReadonlySet<number>;
  anchor: number | null;
  active: number | null;
}

const NOTHING: State = { chosen: new Set(), anchor: null, active: null };

export function useSelection(tasks: readonly Task[], keyOf: (id: number) => number): Selection {
  const [state, setState] = useState(NOTHING);
  const shown = useRef(tasks);
  useEffect(() => {
    shown.current = tasks;
  }, [tasks]);
  const actions = useMemo((): SelectionActions => {
    const order = () => shown.current.map((task) => keyOf(task.id));
    return {
      activate: (key) => setState((now) => (now.active === key ? now : { ...now, active: key })),
      toggle: (key) => setState((now) => ({ chosen: toggled(now.chosen, key), anchor: key, active: key })),
      extendTo: (key) => {
        const keys = order();
        setState((now) => ({ ...now, chosen: new Set([...now.chosen, ...between(keys, now, key)]), active: key }));
      },
      all: () => {
        const keys = order();
        setState((now) => ({ ...now, chosen: new Set(keys) }));
      },
      clear: () => setState((now) => ({ ...now, chosen: new Set() })),
    };
  }, [keyOf]);
  return useMemo(() => {
    const { chosen, active } = state;
    const keys = tasks.map((task) => keyOf(task.id));
    const selected = tasks.filter((_, at) => chosen.has(keys[at] ?? 0));
    const isThere = active !== null && keys.includes(active);
    return {
      ...actions,
      actions,
      keys: new Set(keys.filter((key) => chosen.has(key))),
      tasks: selected,
      active: isThere ? active : (keys[0] ?? null),
    };
  }, [tasks, state, actions, keyOf]);
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
