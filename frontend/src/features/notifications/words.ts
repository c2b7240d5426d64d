/** The words of a notification. Its date is said once: the rest is how long ago something was. */
import { dueWords } from '@/features/tasks/data/due-words';
import type { Here } from '@/features/tasks/data/model';
import { chosenLocale } from '@/lib/region';
import type { Notification } from './queries';

type Unit = 'day' | 'hour' | 'minute';

const UNITS: readonly [unit: Unit, minutes: number][] = [
  ['day', 24 * 60],
  ['hour', 60],
  ['minute', 1],
];

/** Returns when the task of a reminder is due, as the page writes dates, and how late the reminder was. */
export function bodyOf({ type, body, due_date, late_by_seconds }: Notification, here: Here): string {
  if (type !== 'reminder' || due_date === null) return body;
  const [unit, count] = inUnits(late_by_seconds / 60);
  const late = count === 0 ? '' : `. This reminder was ${count} ${unit}${count === 1 ? '' : 's'} late`;
  return `Due ${dueWords(due_date, here)}${late}`;
}

/** Returns how long ago an instant was: "now", "5 minutes ago", "yesterday". */
export function ago(instant: Date, now: Date, locale?: string): string {
  const [unit, count] = inUnits((now.getTime() - instant.getTime()) / 60_000);
  const words = new Intl.RelativeTimeFormat(locale ?? chosenLocale(), { numeric: 'auto' });
  return count === 0 ? words.format(0, 'second') : words.format(-count, unit);
}

function inUnits(minutes: number): [unit: Unit, count: number] {
  const [unit, size] = UNITS.find(([, size]) => minutes >= size) ?? (['minute', 1] as const);
  return [unit, Math.max(0, Math.floor(minutes / size))];
}
