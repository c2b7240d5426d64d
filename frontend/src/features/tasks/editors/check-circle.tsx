'use client';

import { Check } from 'lucide-react';
import type { MouseEvent } from 'react';
import { classes } from '@/lib/classes';
import type { Priority, Task } from '@/features/tasks/data/model';
import { useChange } from '@/features/tasks/data/mutations';
import { useTasks } from '@/features/tasks/data/provider';

/** Shape and colour: High is a heavy red ring, Low a dashed one. */
const PRIORITY_LOOKS: Record<Priority, string> = {
  High: 'border-2 border-danger bg-danger/10',
  Medium: 'border-[1.5px] border-field',
  Low: 'border-[1.5px] border-dashed border-field',
};

export function CheckCircle({ task, tabIndex }: { task: Task; tabIndex?: number }) {
  const { act } = useChange();
  const isSecondClick = useIsSecondClick();
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={task.completed}
      aria-label={`Complete “${task.title}”`}
      {...(tabIndex === undefined ? {} : { tabIndex })}
      onClick={(event) => {
        if (!isSecondClick(event, task)) act(task.completed ? 'reopen' : 'complete', [task.id]);
      }}
      className="group relative z-1 -ml-1.5 flex size-8 shrink-0 items-center justify-center rounded-full"
    >
      <span
        className={classes(
          'flex size-4.75 items-center justify-center rounded-full',
          task.completed ? 'border border-accent bg-accent' : PRIORITY_LOOKS[task.priority],
        )}
      >
        <Check
          aria-hidden
          className={classes(
            'size-3',
            task.completed ? 'text-on-accent' : 'text-quiet opacity-0 group-hover:opacity-100',
          )}
          strokeWidth={3}
        />
      </span>
    </button>
  );
}

/** Returns a test for the second click of a double click, which must not act on a task again. */
export function useIsSecondClick() {
  const { store } = useTasks();
  // Not every browser counts taps in `detail`.
  return ({ detail }: MouseEvent, task: Task) => detail > 1 || store.isResting(task.id);
}
