'use client';

import { CalendarDays } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { classes } from '@/lib/classes';
import { longDay } from '@/lib/dates';
import { Button } from './button';
import { Calendar } from './calendar-lazy';
import { Popover } from './popover';

type Props = Pick<ComponentProps<'button'>, 'id' | 'aria-label' | 'aria-describedby'> & {
  /** What the calendar is for, as its name. */
  label: string;
  /** `YYYY-MM-DD`, or null for no day. */
  value: string | null;
  today: string;
  /** Without it, the field always has a day once one is chosen. */
  onClear?: () => void;
  onChange: (day: string) => void;
};

/** A day, chosen from a calendar. */
export function DayField({ label, value, today, onClear, onChange, ...props }: Props) {
  const [open, setOpen] = useState(false);
  const choose = (chosen: string) => {
    setOpen(false);
    onChange(chosen);
  };
  const clear = () => {
    setOpen(false);
    onClear?.();
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={label}
      align="start"
      className="w-72"
      trigger={
        <button
          type="button"
          {...props}
          className={classes(
            'flex h-9 w-full items-center gap-2 rounded-md border border-field bg-ground px-2.5 text-left text-sm',
            value === null && 'text-quiet',
          )}
        >
          <CalendarDays aria-hidden className="size-4 shrink-0 text-quiet" />
          <span className="truncate">{value === null ? 'Choose a day' : longDay(value)}</span>
        </button>
      }
    >
      <Calendar day={value} today={today} onChoose={choose} />
      {onClear && value !== null && (
        <Button look="bare" size="small" onClick={clear}>
          Clear
        </Button>
      )}
    </Popover>
  );
}
