'use client';

import { useMemo, useState } from 'react';
import type { Task } from './model';

export interface Selection {
  ids: ReadonlySet<number>;
  tasks: Task[];
  /** The row that the keyboard is on. */
  active: number | null;
  activate: (id: number) => void;
  toggle: (id: number) => void;
  /** All from the last one that was chosen to this one. */
  extendTo: (id: number) => void;
  all: () => void;
  clear: () => void;
}

export function useSelection(tasks: readonly Task[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [anchor, setAnchor] = useState<number | null>(null);
  const [active, setActive] = useState<number | null>(null);
  return useMemo(() => {
    const selected = tasks.filter((task) => chosen.has(task.id));
    const order = tasks.map((task) => task.id);
    return {
      ids: new Set(selected.map((task) => task.id)),
      tasks: selected,
      active: active !== null && order.includes(active) ? active : (order[0] ?? null),
      activate: setActive,
      toggle: (id) => {
        const next = new Set(chosen);
        if (!next.delete(id)) next.add(id);
        setChosen(next);
        setAnchor(id);
        setActive(id);
      },
      extendTo: (id) => {
        const [from, to] = [order.indexOf(anchor ?? active ?? id), order.indexOf(id)].sort((a, b) => a - b);
        setChosen(new Set([...chosen, ...order.slice(Math.max(from ?? 0, 0), (to ?? 0) + 1)]));
        setActive(id);
      },
      all: () => setChosen(new Set(order)),
      clear: () => setChosen(new Set()),
    };
  }, [tasks, chosen, anchor, active]);
}
