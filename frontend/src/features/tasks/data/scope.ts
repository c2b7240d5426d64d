/** Asks whether a change of a recurring task applies to one occurrence or also to all later ones. */
import { External } from '@/lib/external';
import type { Scope, Task } from './model';

interface Question {
  /** Number of tasks to change. */
  count: number;
  /** Null cancels the change. */
  answer: (scope: Scope | null) => void;
}

/** The question that waits for an answer. */
export const openScope = new External<Question | null>(null);

export function askScope(tasks: readonly Task[]): Promise<Scope | null> {
  if (tasks.every((task) => task.recurrence_pattern === 'none')) return Promise.resolve('this');
  return new Promise((resolve) => {
    openScope.set({
      count: tasks.length,
      answer: (scope) => {
        openScope.set(null);
        resolve(scope);
      },
    });
  });
}
