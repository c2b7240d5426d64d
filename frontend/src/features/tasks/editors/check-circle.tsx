'use client';

import { Check } from 'lucide-react';
import type { MouseEvent } from 'react';
import { classes } from '@/lib/classes';
import type { Priority, Task } from '@/features/tasks/data/model';
import { useChange } from '@/features/tasks/data/mutations';
import { useTasks } from '@/features/tasks/data/provider';

/** Shape and colour: a heavy ring for High and Medium, a dashed one for Low. */
const PRIORITY_LOOKS: Record<Priority, string> = {
  High: 'border-2 border-danger bg-danger/10',
  Medium: 'border-2 border-today',
  Low: 'border-[1.5px] border-dashed border-accent',
  None: 'border-[1.5px] border-field',
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
          'flex size-4.75 items-center justify-center rounded-full transition-colors duration-(--motion-fill)',
          task.completed ? 'border border-accent bg-accent' : PRIORITY_LOOKS[task.priority],
        )}
      >
        <Check
          aria-hidden
          className={classes(
            'size-3 transition-opacity duration-(--motion-fill)',
            task.completed ? 'text-on-accent' : 'text-quiet opacity-0 group-hover:opacity-100',
          )}
          strokeWidth={3}
        />
      </span>
    </button>
  );
}

/** Below this, two clicks at one place are a double click. A row that moves up arrives there later. */
const DOUBLE_MS = 600;
const MOST_PIXELS = 8;
let last = { timeStamp: -Infinity, clientX: 0, clientY: 0 };

/** Returns a test for the second click of a double click, which must not act on a task again. */
export function useIsSecondClick() {
  const { store } = useTasks();
  return ({ nativeEvent: { detail, timeStamp, clientX, clientY } }: MouseEvent, task: Task) => {
    // Not every browser counts taps in `detail`, and a busy page may handle them after the next row has moved up.
    const isNear = Math.hypot(clientX - last.clientX, clientY - last.clientY) <= MOST_PIXELS;
    const isSecond = detail > 1 || (detail > 0 && isNear && timeStamp - last.timeStamp < DOUBLE_MS);
    if (isSecond || store.isResting(task.id)) return true;
    last = { timeStamp, clientX, clientY };
    return false;
  };
}
