import { dayLabel, daysBetween, format } from '@/lib/dates';

const WEEK = 7;

/** The day as one says it, and what that leaves out: the date of a weekday, the weekday of a date. */
export function DayHeading({ day, today }: { day: string; today: string }) {
  const distance = daysBetween(today, day);
  const date = { day: 'numeric', month: 'long' } as const;
  const rest =
    distance <= 1 ? { weekday: 'long' as const, ...date } : distance < WEEK ? date : { weekday: 'long' as const };
  return (
    <h2 data-day={day} className="flex items-baseline gap-2 border-b border-edge pt-5 pb-1 text-sm font-semibold">
      {dayLabel(day, today)}
      <span className="text-xs font-normal text-quiet">
        {format({ ...rest, timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`))}
      </span>
    </h2>
  );
}
