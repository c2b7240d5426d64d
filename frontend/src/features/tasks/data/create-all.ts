'use client';

import { tell } from '@/components/toasts';
import { remember, type Step, undo } from '@/features/undo/undo';
import { useUser } from '@/lib/user';
import { type Create, creation, undoOf } from './changes';
import { drop } from './kept';
import type { NewTask } from './model';
import { useChange } from './mutations';
import { useTasks } from './provider';
import type { Typed } from './understood';

/** Returns a function that creates several tasks as one step: one undo moves all of them to the trash. */
export function useCreateAll(): (tasks: readonly { task: NewTask; typed: Typed }[]) => void {
  const { change: mutate } = useChange();
  const { id: userId } = useUser();
  const { store, sender } = useTasks();

  function takeBack(changes: readonly Create[], step: string): void {
    const unsent = changes.filter((change) => sender.drop(change));
    for (const change of unsent) {
      drop(userId, change.key);
      store.settle(change, []);
    }
    const sent = changes.filter((change) => !unsent.includes(change));
    const made = sent.flatMap(({ id }) => store.shown(id) ?? []);
    const back = undoOf(step, new Map(), made);
    if (back) mutate({ change: back, quiet: true });
  }

  return (tasks) => {
    const step = crypto.randomUUID();
    const changes = tasks.map(({ task, typed }) => ({ ...creation(task), typed, step }));
    for (const change of changes) mutate({ change, quiet: true });
    const what = `${changes.length} ${changes.length === 1 ? 'task' : 'tasks'} added`;
    const announced: Step = {
      run: () => {
        takeBack(changes, step);
        tell(`Undone: ${what}`);
      },
    };
    remember(announced);
    tell(what, { label: 'Undo', run: () => undo(announced) });
  };
}
