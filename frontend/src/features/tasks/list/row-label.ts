import { dayLabel, isAllDay, timeLabel, wallClock } from '@/lib/dates';
import { dueDay, type Here, isOverdue, type Task } from '@/features/tasks/data/model';

/** Returns what a screen reader says of a row: "Pay rent, overdue, due Yesterday 9:00, High priority". */
export function rowLabel(task: Task, here: Here, selected: boolean): string {
  const parts = [selected ? `Selected: ${task.title}` : task.title];
  if (isOverdue(task, here)) parts.push('overdue');
  const due = dueText(task, here);
  if (due) parts.push(`due ${due}`);
  if (task.priority !== 'None') parts.push(`${task.priority} priority`);
  return parts.join(', ');
}

/** Returns the due date in the user's zone and locale, or only its time if the day is said elsewhere. */
export function dueText(task: Task, { now, zone }: Here, isDaySaid = false): string {
  const day = dueDay(task, zone);
  if (task.due_date === null || day === null) return '';
  const time = isAllDay(task.due_date) ? '' : timeLabel(new Date(task.due_date), zone);
  return isDaySaid ? time : `${dayLabel(day, wallClock(now, zone).day)} ${time}`.trim();
}
