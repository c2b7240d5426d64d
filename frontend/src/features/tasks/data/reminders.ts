/** The reminders of a task as one list. The API also has the first one in minutes as its lead time. */
import type { Reminder } from './model';

interface Said {
  reminder_lead_time?: number | null;
  reminders?: Reminder[] | null;
}

/** Returns the fields with the lead time as a reminder of the list. */
export function withReminders<T extends Said>(
  fields: T,
): Omit<T, keyof Said> & {
  reminders?: Reminder[];
} {
  const { reminder_lead_time: leadTime, reminders, ...rest } = fields;
  if (reminders) return { ...rest, reminders };
  if (leadTime === undefined) return rest;
  return { ...rest, reminders: leadTime === null ? [] : [{ minutes_before: leadTime }] };
}

/** Returns the minutes of the first reminder that has them. */
export function leadTimeOf(reminders: readonly Reminder[]): number | null {
  return reminders.find(({ minutes_before }) => minutes_before !== undefined)?.minutes_before ?? null;
}
