import { ChevronRight, Plus } from 'lucide-react';
import { IconButton } from '@/components/icon-button';
import { addOn } from '@/features/quick-add/defaults';
import { focusOn } from '@/lib/key-targets';
import { classes } from '@/lib/classes';
import { dayLabel, daysBetween, format, longDay, spanLabel } from '@/lib/dates';

const WEEK = 7;
const HEADING = 'flex items-baseline gap-2 pt-section pb-1.5 text-body font-semibold';

/** The label of a day, and the part that it omits: the date of a weekday, or the weekday of a date. */
export function DayHeading({ day, today, isDated }: { day: string; today: string; isDated: boolean }) {
  const distance = daysBetween(today, day);
  const date = { day: 'numeric', month: 'long' } as const;
  const rest =
    distance <= 1 ? { weekday: 'long' as const, ...date } : distance < WEEK ? date : { weekday: 'long' as const };
  return (
    <div className="group relative">
      <h2 data-day={day} className={HEADING}>
        {dayLabel(day, today)}
        {isDated && (
          <span className="text-meta font-normal text-quiet">
            {format({ ...rest, timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`))}
          </span>
        )}
      </h2>
      <IconButton
        label={`Add a task on ${longDay(day)}`}
        icon={Plus}
        className="absolute right-0 bottom-0.5 text-quiet group-hover:opacity-100 focus-visible:opacity-100 pointer-fine:opacity-0"
        onClick={() => {
          addOn(day);
          focusOn('quick-add');
        }}
      />
    </div>
  );
}

/** Empty days in a row. The button shows each of them, so that tasks can be added there. */
export function DaysHeading({ days, onOpen }: { days: readonly string[]; onOpen: () => void }) {
  return (
    <h2 className={classes(HEADING, 'text-quiet')}>
      <button
        type="button"
        aria-expanded={false}
        onClick={onOpen}
        className="group -mx-1 flex items-center gap-1 rounded px-1 font-normal hover:text-text"
      >
        {spanLabel(days[0] ?? '', days.at(-1) ?? '')}
        <ChevronRight aria-hidden className="size-3.5" />
      </button>
    </h2>
  );
}

export function SectionHeading({ title }: { title: string }) {
  return <h2 className={classes(HEADING, 'text-overdue')}>{title}</h2>;
}
