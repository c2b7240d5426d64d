'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import type { Task } from './model';

/** They stay the same as long as the list is there: rows are not drawn again for them. */
export interface SelectionActions {
  activate: (id: number) => void;
  toggle: (id: number) => void;
  /** All from the last one that was chosen to this one. */
  extendTo: (id: number) => void;
  all: () => void;
  clear: () => void;
}

export interface Selection extends SelectionActions {
  ids: ReadonlySet<number>;
  tasks: Task[];
  /** The row that the keyboard is on. */
  active: number | null;
  actions: SelectionActions;
}

interface State {
  chosen: ReadonlySet<number>;
  anchor: number | null;
  active: number | null;
}

const NOTHING: State = { chosen: new Set(), anchor: null, active: null };

export function useSelection(tasks: readonly Task[]): Selection {
  const [state, setState] = useState(NOTHING);
  const shown = useRef(tasks);
  useEffect(() => {
    shown.current = tasks;
  }, [tasks]);
  const actions = useMemo((): SelectionActions => {
    const order = () => shown.current.map((task) => task.id);
    return {
      activate: (id) => setState((now) => (now.active === id ? now : { ...now, active: id })),
      toggle: (id) => setState((now) => ({ chosen: toggled(now.chosen, id), anchor: id, active: id })),
      extendTo: (id) => {
        const ids = order();
        setState((now) => ({ ...now, chosen: new Set([...now.chosen, ...between(ids, now, id)]), active: id }));
      },
      all: () => {
        const ids = order();
        setState((now) => ({ ...now, chosen: new Set(ids) }));
      },
      clear: () => setState((now) => ({ ...now, chosen: new Set() })),
    };
  }, []);
  return useMemo(() => {
    const { chosen, active } = state;
    const selected = tasks.filter((task) => chosen.has(task.id));
    const isThere = tasks.some((task) => task.id === active);
    return {
      ...actions,
      actions,
      ids: new Set(selected.map((task) => task.id)),
      tasks: selected,
      active: isThere ? active : (tasks[0]?.id ?? null),
    };
  }, [tasks, state, actions]);
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
