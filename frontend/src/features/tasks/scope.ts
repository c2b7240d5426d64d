/** Whether a change is about one occurrence or the series from here on: asked when a task repeats. */
import { External } from '@/lib/external';
import type { Scope, Task } from './model';

interface Question {
  /** About how many tasks. */
  count: number;
  /** Null takes the change back. */
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
