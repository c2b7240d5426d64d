import { useMutation, useQueryClient } from '@tanstack/react-query';
import { tell, tellFailure } from '@/components/toasts';
import { forget, remember, type Step, undo } from '@/features/undo/undo';
import { explain } from '@/lib/api/problem';
import { SignedOut } from '@/lib/auth/token';
import { useUser } from '@/lib/user';
import { type Action, applied, type Change, creation, describe, editOf, idsOf, inverse } from './changes';
import { drop, keep, renumber } from './kept';
import { keys, SENDING } from './keys';
import type { Fields, NewTask, Scope, Task } from './model';
import { useTasks } from './provider';
import { askScope } from './scope';
import { shouldRetry } from './sender';

/** Makes changes: shown at once, sent in order (when the connection returns, if it is gone), and undoable. */
export function useChange() {
  const client = useQueryClient();
  const { id } = useUser();
  const { store, sender } = useTasks();
  const { mutate } = useMutation({
    mutationKey: SENDING,
    scope: { id: 'changes' },
    mutationFn: ({ change }: { change: Change; quiet: boolean }) => sender.send(change),
    retry: shouldRetry,
    retryDelay: (failures) => Math.min(500 * 2 ** failures, 8000),
    onMutate: ({ change, quiet }) => {
      const before = tasksOf(change);
      store.begin(change);
      return {
        key: keep(id, store.numbered(change)),
        step: quiet ? null : announce(change, before, [...tasksOf(change).values()]),
      };
    },
    onSuccess: ({ tasks, failures }, { change }, { key, step }) => {
      drop(id, key);
      const [made] = tasks;
      if (change.kind === 'create' && made) renumber(id, change.id, made.id);
      store.settle(change, tasks);
      if (tasks.length === 0 && step) forget(step);
      const [first] = failures;
      const subject = failures.length === 1 ? '' : `${failures.length} tasks could not be changed: `;
      if (first) tellFailure(subject + explain(first.problem));
    },
    onError: (error, { change }, context) => {
      if (error instanceof SignedOut) return; // it is kept, and sent when the person is back
      if (context) drop(id, context.key);
      store.settle(change, []);
      if (context?.step) forget(context.step);
      tellFailure(`${describe(change)}: not done. ${explain(error)}`, {
        label: 'Try again',
        run: () => mutate({ change, quiet: false }),
      });
    },
    onSettled: (_, __, { change }) => {
      void client.invalidateQueries({ queryKey: keys.overview });
      void client.invalidateQueries({ queryKey: keys.statistics });
      for (const taskId of idsOf(change)) void client.invalidateQueries({ queryKey: keys.history(taskId) });
    },
  });

  /** As they are shown, with all that is pending. */
  function tasksOf(change: Change): Map<number, Task> {
    return new Map(idsOf(change).flatMap((taskId) => entryOf(taskId, store.shown(taskId))));
  }

  /** Says what is done, and remembers how it is taken back: also before the server has answered. */
  function announce(change: Change, before: ReadonlyMap<number, Task>, after: readonly Task[]): Step | null {
    const what = describe(change, after);
    const back = inverse(change, before, after);
    if (!back) return null;
    const step = {
      run: () => {
        mutate({ change: back, quiet: true });
        tell(`Undone: ${what}`);
      },
    };
    remember(step);
    tell(what, { label: 'Undo', run: () => undo(step) });
    return step;
  }

  return { ...useActions((change) => mutate({ change, quiet: false })), change: mutate };
}

function useActions(run: (change: Change) => void) {
  return {
    create: (task: NewTask) => run(creation(task)),
    act: (action: Exclude<Action, 'delete'>, ids: number[]) => run({ kind: 'act', action, ids, scope: 'this' }),
    trash: async (tasks: readonly Task[]): Promise<void> => {
      const scope = await askScope(tasks);
      if (scope) run({ kind: 'act', action: 'delete', ids: tasks.map((task) => task.id), scope });
    },
    edit: (task: Task, fields: Fields, scope: Scope = 'this') => {
      const change: Change = { kind: 'edit', edits: [editOf(task, fields)], scope };
      if (
        scope === 'series' ||
        JSON.stringify(applied(task, change, new Date(task.updated_at))) !== JSON.stringify(task)
      )
        run(change);
    },
    editAll: (tasks: Task[], fieldsOf: (task: Task) => Fields) => {
      const edits = tasks.map((task) => editOf(task, fieldsOf(task), { careful: tasks.length === 1 }));
      run({ kind: 'edit', edits, scope: 'this' });
    },
  };
}

function entryOf(id: number, task: Task | undefined): [number, Task][] {
  return task ? [[id, task]] : [];
}
