'use client';

import { classes } from '@/lib/classes';
import { isOverdue, type Task } from '@/features/tasks/data/model';
import { useHere } from '@/features/tasks/data/moment';
import { dueText } from './row-label';

/** The due date, as far as nothing above the row says it. */
export function DueLabel({ task, isDaySaid }: { task: Task; isDaySaid: boolean }) {
  const here = useHere();
  const text = dueText(task, here, isDaySaid);
  if (text === '') return null;
  const late = isOverdue(task, here);
  return (
    <time
      dateTime={task.due_date ?? ''}
      className={classes('text-meta whitespace-nowrap tabular-nums', late && 'text-overdue')}
    >
      {late && <span className="sr-only">Overdue: </span>}
      {text}
    </time>
  );
}
