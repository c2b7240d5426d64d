'use client';

import { classes } from '@/lib/classes';
import { dayLabel, isAllDay, timeLabel, wallClock } from '@/lib/dates';
import { dueDay, isOverdue, type Task } from '@/features/tasks/data/model';
import { useHere } from '@/features/tasks/data/moment';

/** The due date in the user's zone and locale; below a day heading only the time. */
export function DueLabel({ task, belowDay }: { task: Task; belowDay: boolean }) {
  const here = useHere();
  const { now, zone } = here;
  const day = dueDay(task, zone);
  if (task.due_date === null || day === null) return null;
  const time = isAllDay(task.due_date) ? '' : timeLabel(new Date(task.due_date), zone);
  const late = isOverdue(task, here);
  return (
    <time
      dateTime={task.due_date}
      className={classes('shrink-0 text-xs whitespace-nowrap', late ? 'text-danger' : 'text-quiet')}
    >
      {late && <span className="sr-only">Overdue: </span>}
      {belowDay ? time : `${dayLabel(day, wallClock(now, zone).day)} ${time}`}
    </time>
  );
}
