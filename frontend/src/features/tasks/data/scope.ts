/** Asks whether a change of a recurring task applies to one occurrence or also to all later ones. */
import { External } from '@/lib/external';
import type { Scope, Task } from './model';

export type ScopedAction = 'change' | 'trash';

export interface ScopeQuestion {
  action: ScopedAction;
  /** The tasks to change, as far as they are loaded; at least one of them recurs. */
  tasks: readonly Task[];
  /** Number of tasks to change. */
  count: number;
  /** Null cancels the change. */
  answer: (scope: Scope | null) => void;
}

/** The question that waits for an answer. */
export const openScope = new External<ScopeQuestion | null>(null);

export function askScope(
  tasks: readonly Task[],
  action: ScopedAction = 'change',
  count = tasks.length,
): Promise<Scope | null> {
  if (tasks.every((task) => task.recurrence_pattern === 'none')) return Promise.resolve('this');
  return new Promise((resolve) => {
    openScope.set({
      action,
      tasks,
      count,
      answer: (scope) => {
        openScope.set(null);
        resolve(scope);
      },
    });
  });
}
