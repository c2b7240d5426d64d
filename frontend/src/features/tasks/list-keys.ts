'use client';

import type { KeyboardEvent } from 'react';
import { isTyping } from '@/features/shell/shortcuts';
import { openTask } from '@/lib/location';
import { useChange } from './mutations';
import { movedBy } from './moving';
import { PRIORITIES, type Task } from './model';
import { useZone } from './provider';
import type { Row } from './rows';
import type { Selection } from './selection';

interface Parts {
  rows: Row[];
  selection: Selection;
  focus: (id: number) => void;
  edit: (id: number) => void;
}

/** What the keyboard does in a list: to the chosen tasks, or to the one it is on. */
export function useListKeys({ rows, selection, focus, edit }: Parts) {
  const { act, editAll, move, trash } = useChange();
  const zone = useZone();

  function onKeyDown(event: KeyboardEvent): void {
    if (isTyping(event.target)) return;
    const tasks = rows.flatMap((row) => (row.kind === 'task' ? [row.task] : []));
    const at = tasks.findIndex((task) => task.id === selection.active);
    const active = tasks[at];
    if (!active) return;
    const chosen = selection.tasks.length > 0 ? selection.tasks : [active];
    const run = commandOf(event, { tasks, at, active, chosen });
    if (!run) return;
    event.preventDefault();
    run();
  }

  function commandOf(
    event: KeyboardEvent,
    { tasks, at, active, chosen }: { tasks: Task[]; at: number; active: Task; chosen: Task[] },
  ): (() => void) | undefined {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey || event.metaKey) return key === 'a' ? selection.all : undefined;
    if (event.altKey) return undefined;
    const ids = chosen.map((task) => task.id);
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[key];
    const target = { Home: tasks[0], End: tasks.at(-1) }[key] ?? (step ? tasks[at + step] : undefined);
    if (target)
      return () => {
        if (event.shiftKey) selection.extendTo(target.id);
        else selection.activate(target.id);
        focus(target.id);
      };
    const trashed = active.status === 'deleted';
    const priority = PRIORITIES[Number(key) - 1];
    if (priority && !trashed) return () => editAll(chosen, () => ({ priority }));
    switch (key) {
      case 'Enter':
        return () => openTask(active.id);
      case ' ':
        return () => {
          if (trashed) return;
          goOn();
          act(active.status === 'completed' ? 'reopen' : 'complete', ids);
        };
      case 'e':
        return trashed ? undefined : () => edit(active.id);
      case 'x':
        return () => selection.toggle(active.id);
      case 't':
        return trashed ? undefined : () => void move(chosen, (task) => movedBy(task, 0, zone));
      case 'm':
        return trashed ? undefined : () => void move(chosen, (task) => movedBy(task, 1, zone));
      case 'Delete':
      case 'Backspace':
        return () => {
          goOn();
          if (trashed) act('restore', ids);
          else void trash(chosen);
        };
      case 'Escape':
        return selection.clear;
      default:
        return undefined;
    }

    /** The row goes away: the keyboard stays where it was. */
    function goOn(): void {
      const rest = tasks.filter((task) => !ids.includes(task.id));
      const next = rest.find((task) => tasks.indexOf(task) > at) ?? rest.at(-1);
      selection.clear();
      if (!next) return;
      selection.activate(next.id);
      focus(next.id);
    }
  }

  return { onKeyDown };
}
