/** Labels for reminders. */
import { momentLabel } from '@/lib/dates';
import { timeLabel } from '@/lib/clock';
import type { Reminder } from './model';

export function leadLabel(minutes: number): string {
  if (minutes === 0) return 'When it is due';
  const [count, unit] =
    minutes % 1440 === 0 ? [minutes / 1440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'} before`;
}

/** Labels a reminder. Minutes before an all-day task count back from the time of day `allDayTime` (`HH:MM`). */
export function reminderLabel(
  { minutes_before = 0, days_before, time, at }: Reminder,
  { timeZone, allDayTime }: { timeZone: string; allDayTime: string | null },
): string {
  if (at !== undefined) return momentLabel(new Date(at), timeZone);
  if (days_before !== undefined && time !== undefined) return onDay(days_before, time);
  return allDayTime === null ? leadLabel(minutes_before) : allDayLabel(minutes_before, allDayTime);
}

function allDayLabel(minutes: number, at: string): string {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const wall = hour * 60 + minute - minutes;
  return onDay(-Math.floor(wall / 1440), new Date(wall * 60_000).toISOString().slice(11, 16));
}

function onDay(days: number, time: string): string {
  return `${days === 0 ? 'On the day' : `${days} day${days === 1 ? '' : 's'} before`} at ${timeLabel(time)}`;
}
