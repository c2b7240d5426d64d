'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { DayPicker } from 'react-day-picker';
import { useState } from 'react';
import { format, longDay } from '@/lib/dates';
import { weekStart } from '@/lib/region';

interface Props {
  /** The chosen day, `YYYY-MM-DD`. */
  day: string | null;
  today: string;
  onChoose: (day: string) => void;
}

const LAST_MONTH = new Date(2199, 11);
const NAV = 'flex size-8 items-center justify-center rounded-md text-quiet hover:bg-hover aria-disabled:opacity-40';

/** A month from which a day is chosen, by mouse or keyboard, in the user's week and language. */
export function Calendar({ day, today, onChoose }: Props) {
  const [shown, setShown] = useState({ day, month: dateOf(day ?? today) });
  // A day that was chosen elsewhere, as in words, is shown.
  if (shown.day !== day) setShown({ day, month: day === null ? shown.month : dateOf(day) });
  return (
    <DayPicker
      mode="single"
      required
      selected={day === null ? undefined : dateOf(day)}
      today={dateOf(today)}
      onSelect={(date) => onChoose(dayOf(date))}
      month={shown.month}
      onMonthChange={(month) => setShown({ ...shown, month })}
      endMonth={LAST_MONTH}
      weekStartsOn={weekStart()}
      showOutsideDays
      fixedWeeks
      noonSafe
      formatters={{
        formatCaption: (date) => format({ month: 'long', year: 'numeric' }).format(date),
        formatWeekdayName: (date) => format({ weekday: 'short' }).format(date),
        formatDay: (date) => format({ day: 'numeric' }).format(date).replace(/\D+$/, ''),
      }}
      labels={{
        labelDayButton: (date, { today: isToday }) => `${isToday ? 'Today, ' : ''}${longDay(dayOf(date))}`,
        labelGrid: (date) => format({ month: 'long', year: 'numeric' }).format(date),
        labelNext: () => 'Next month',
        labelPrevious: () => 'Previous month',
        labelNav: () => 'Month',
        labelWeekday: (date) => format({ weekday: 'long' }).format(date),
      }}
      components={{
        Chevron: ({ orientation }) => {
          const Icon = orientation === 'left' ? ChevronLeft : ChevronRight;
          return <Icon aria-hidden className="size-4" />;
        },
      }}
      classNames={{
        months: 'relative',
        month_caption: 'flex h-8 items-center px-2 text-sm font-semibold',
        nav: 'absolute top-0 right-0 flex',
        button_previous: NAV,
        button_next: NAV,
        month_grid: 'mt-1 w-full border-collapse',
        weekday: 'h-7 text-xs font-normal text-quiet',
        day: 'group/day p-0 text-center',
        day_button:
          'size-9 rounded-full text-sm tabular-nums hover:bg-hover group-data-outside/day:text-quiet group-data-selected/day:bg-accent group-data-selected/day:text-on-accent group-data-today/day:not-group-data-selected/day:font-bold group-data-today/day:not-group-data-selected/day:text-accent',
      }}
    />
  );
}

/** Days are dates at noon in the browser's zone: clocks change at night, and some zones then have no midnight. */
function dateOf(day: string): Date {
  return new Date(`${day}T12:00:00`);
}

function dayOf(date: Date): string {
  const [year, month, day] = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-');
}
