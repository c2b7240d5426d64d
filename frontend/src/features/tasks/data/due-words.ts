import { dayLabel, daysBetween, isAllDay, shortDay, timeLabel, wallClock, wallOf } from '@/lib/dates';
import { timeLabel as wallTimeLabel } from '@/lib/clock';
import type { Here, Task } from './model';

/** Returns a due date in the user's zone: "Today, 14:30", "Mon 30 Nov, 9:00", "31 Jan 2028". */
export function dueWords(dueDate: string | null, { now, zone }: Here): string {
  if (dueDate === null) return '';
  const today = wallClock(now, zone).day;
  const day = isAllDay(dueDate) ? dueDate : wallClock(new Date(dueDate), zone).day;
  const isNear = Math.abs(daysBetween(today, day)) <= 1 || day.slice(0, 4) !== today.slice(0, 4);
  const words = isNear ? dayLabel(day, today) : shortDay(day);
  return isAllDay(dueDate) ? words : `${words}, ${timeLabel(new Date(dueDate), zone)}`;
}

/** Returns the time in the task's own zone, if that is another one: "21:00 Asia/Tokyo". */
export function zoneNote(task: Task, { zone }: Here): string | null {
  if (task.due_date === null || isAllDay(task.due_date) || task.time_zone === zone) return null;
  const own = wallOf(task.due_date, task.time_zone);
  const here = wallOf(task.due_date, zone);
  if (own.time === null || (own.day === here.day && own.time === here.time)) return null;
  return `${wallTimeLabel(own.time)} ${task.time_zone}`;
}
