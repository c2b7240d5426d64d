'use client';

import { tell } from '@/components/toasts';
import { endRedo, forget, redo, remember, type Step, undo } from '@/features/undo/undo';
import { useUser } from '@/lib/user';
import { type Create, creation, redoOf, undoOf } from './changes';
import { drop } from './kept';
import type { NewTask, Task } from './model';
import { useChange } from './mutations';
import { useTasks } from './provider';
import type { Typed } from './understood';

export interface Line {
  task: NewTask;
  typed: Typed;
}

/** Returns a function that creates several tasks as one step: one undo moves all of them to the trash. */
export function useCreateAll(): (lines: readonly Line[]) => void {
  const { change: mutate } = useChange();
  const { id: userId } = useUser();
  const { store, sender } = useTasks();

  /** Takes back what was not sent, and has the server undo the rest. Returns both. */
  function takeBack(changes: readonly (Create & Line)[], step: string): { unsent: Line[]; made: Task[] } {
    const unsent = changes.filter((change) => sender.drop(change));
    for (const change of unsent) {
      drop(userId, change.key);
      store.settle(change, []);
    }
    const sent = changes.filter((change) => !unsent.includes(change));
    const made = sent.flatMap(({ id }) => store.shown(id) ?? []);
    const back = undoOf(step, new Map(), made);
    if (back) mutate({ change: back, quiet: true });
    return { unsent, made };
  }

  function createAll(lines: readonly Line[]): void {
    const step = crypto.randomUUID();
    const changes = lines.map(({ task, typed }) => ({ ...creation(task), typed, step }));
    for (const change of changes) mutate({ change, quiet: true });
    const what = `${changes.length} ${changes.length === 1 ? 'task' : 'tasks'} added`;
    let taken: ReturnType<typeof takeBack> = { unsent: [], made: [] };
    const announced: Step = {
      id: step,
      run: () => {
        taken = takeBack(changes, step);
        tell(`Undone: ${what}`, { label: 'Redo', run: () => redo(announced) });
      },
      redo: () => {
        const { unsent, made } = taken;
        if (made.length > 0) mutate({ change: redoOf(step, new Map(), made), quiet: true });
        else forget(announced);
        if (unsent.length > 0) createAll(unsent);
        tell(`Redone: ${what}`, { label: 'Undo', run: () => undo() });
      },
    };
    remember(announced);
    tell(what, { label: 'Undo', run: () => undo(announced) });
  }

  return (lines) => {
    endRedo();
    createAll(lines);
  };
}
