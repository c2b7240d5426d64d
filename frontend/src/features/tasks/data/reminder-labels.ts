/** Labels for times of day and reminders. */
import { format } from '@/lib/dates';

/** Labels a wall-clock time, `HH:MM`. */
export function timeLabel(time: string): string {
  return format({ hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(new Date(`2024-01-01T${time}Z`));
}

export function leadLabel(minutes: number): string {
  if (minutes === 0) return 'When it is due';
  const [count, unit] =
    minutes % 1440 === 0 ? [minutes / 1440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'} before`;
}

/** Labels the reminder of an all-day task: its lead time counts back from the time of day `at` (`HH:MM`). */
export function allDayReminderLabel(minutes: number, at: string): string {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const wall = hour * 60 + minute - minutes;
  const days = -Math.floor(wall / 1440);
  const time = new Date(wall * 60_000).toISOString().slice(11, 16);
  return `${days === 0 ? 'On the day' : `${days} day${days === 1 ? '' : 's'} before`} at ${timeLabel(time)}`;
}
