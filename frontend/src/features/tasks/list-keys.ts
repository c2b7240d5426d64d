'use client';

import type { KeyboardEvent } from 'react';
import { isTyping } from '@/features/shell/shortcuts';
import { openTask } from '@/lib/location';
import { useChange } from './mutations';
import { movedBy } from './moving';
import { PRIORITIES, type Task } from './model';
import { useTasks, useZone } from './provider';
import type { Row } from './rows';
import type { Selection } from './selection';

interface Parts {
  rows: Row[];
  selection: Selection;
  focus: (key: number) => void;
  edit: (key: number) => void;
}

/** What the keyboard does in a list: to the chosen tasks, or to the one it is on. */
export function useListKeys({ rows, selection, focus, edit }: Parts) {
  const { act, editAll, move, trash } = useChange();
  const { keyOf } = useTasks().store;
  const zone = useZone();

  function onKeyDown(event: KeyboardEvent): void {
    if (isTyping(event.target)) return;
    const tasks = rows.flatMap((row) => (row.kind === 'task' ? [row.task] : []));
    const at = tasks.findIndex((task) => keyOf(task.id) === selection.active);
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
    // A key that is held moves on, but does nothing twice.
    if (event.repeat && !step) return () => undefined;
    if (target)
      return () => {
        if (event.shiftKey) selection.extendTo(keyOf(target.id));
        else selection.activate(keyOf(target.id));
        focus(keyOf(target.id));
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
        return trashed ? undefined : () => edit(keyOf(active.id));
      case 'x':
        return () => selection.toggle(keyOf(active.id));
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

    /** The row goes away, maybe in a moment: the keyboard stays where it was. */
    function goOn(): void {
      const rest = tasks.filter((task) => !ids.includes(task.id));
      const next = rest.find((task) => tasks.indexOf(task) > at) ?? rest.at(-1);
      selection.clear();
      if (!next) return;
      selection.activate(keyOf(next.id));
      focus(keyOf(next.id));
    }
  }

  return { onKeyDown };
}
