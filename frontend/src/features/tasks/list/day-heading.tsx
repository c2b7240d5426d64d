import { Plus } from 'lucide-react';
import { IconButton } from '@/components/icon-button';
import { addOn } from '@/features/quick-add/defaults';
import { focusOn } from '@/lib/key-targets';
import { dayLabel, daysBetween, format, longDay } from '@/lib/dates';

const WEEK = 7;
const HEADING = 'flex items-baseline gap-2 border-b border-edge pt-5 pb-1 text-sm font-semibold';

/** The label of a day, and the part that it omits: the date of a weekday, or the weekday of a date. */
export function DayHeading({ day, today }: { day: string; today: string }) {
  const distance = daysBetween(today, day);
  const date = { day: 'numeric', month: 'long' } as const;
  const rest =
    distance <= 1 ? { weekday: 'long' as const, ...date } : distance < WEEK ? date : { weekday: 'long' as const };
  return (
    <div className="relative">
      <h2 data-day={day} className={HEADING}>
        {dayLabel(day, today)}
        <span className="text-xs font-normal text-quiet">
          {format({ ...rest, timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`))}
        </span>
      </h2>
      <IconButton
        label={`Add a task on ${longDay(day)}`}
        icon={Plus}
        className="absolute right-0 bottom-0"
        onClick={() => {
          addOn(day);
          focusOn('quick-add');
        }}
      />
    </div>
  );
}

export function SectionHeading({ title }: { title: string }) {
  return <h2 className={HEADING}>{title}</h2>;
}
