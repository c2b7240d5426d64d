'use client';

import { ArrowRight, CalendarX2, Clock, Globe, type LucideIcon, Sun, Sunrise, X } from 'lucide-react';
import { Calendar } from '@/components/calendar-lazy';
import { Select } from '@/components/field';
import { IconButton } from '@/components/icon-button';
import { TimeField } from '@/components/time-field';
import { classes } from '@/lib/classes';
import { addDays, localDueDate, nextWeek, shortWeekday, wallClock, wallOf } from '@/lib/dates';
import { weekStart } from '@/lib/region';
import { zonesWith } from '@/lib/zones';
import type { Fields } from '@/features/tasks/data/model';
import { wallDay } from '@/features/tasks/data/moves';
import { useZone } from '@/lib/account';

interface Props {
  dueDate: string | null;
  timeZone: string;
  onChange: (fields: Fields) => void;
  /** Called after a shortcut, which needs no further choice. */
  onDone?: () => void;
}

const NO_DATE: Fields = { due_date: null, recurrence_pattern: 'none', recurrence: null, reminders: [] };

/** Edits day and time in the task's own zone. Without a time the task is all-day. */
export function DueEditor({ dueDate, timeZone, onChange, onDone }: Props) {
  const zone = useZone();
  const today = wallClock(new Date(), zone).day;
  const wall = dueDate === null ? null : wallOf(dueDate, timeZone);
  const time = wall?.time ?? null;
  const set = (day: string, at: string | null) => onChange({ due_date: localDueDate(day, at) });
  const jump = (day: string) => {
    set(wallDay(day, time, timeZone, zone), time);
    onDone?.();
  };
  const ahead: [string, LucideIcon, string, string][] = [
    ['Today', Sun, 'text-today', today],
    ['Tomorrow', Sunrise, 'text-warning', addDays(today, 1)],
    ['Next week', ArrowRight, 'text-upcoming', nextWeek(today, weekStart())],
  ];
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-2 gap-1">
        {ahead.map(([label, icon, tint, day]) => (
          <Shortcut key={label} icon={icon} tint={tint} label={label} chosen={wall?.day === day} run={() => jump(day)}>
            {shortWeekday(day)}
          </Shortcut>
        ))}
        <Shortcut
          icon={CalendarX2}
          tint="text-quiet"
          label="No date"
          chosen={wall === null}
          run={() => {
            if (wall) onChange(NO_DATE);
            onDone?.();
          }}
        />
      </div>
      <Calendar day={wall?.day ?? null} today={today} onChoose={(day) => set(day, time)} />
      <div className="flex items-start gap-1 border-t border-edge pt-2">
        <Clock aria-hidden className="mx-2 mt-2.5 size-4 shrink-0 text-quiet" />
        <TimeField
          aria-label="Time"
          placeholder="Add a time"
          value={time}
          onCommit={(at) => set(wall?.day ?? today, at)}
          onClear={() => wall && set(wall.day, null)}
        />
        {wall && time !== null && (
          <IconButton
            label="Remove the time"
            icon={X}
            className="mt-0.5 shrink-0"
            onClick={() => set(wall.day, null)}
          />
        )}
      </div>
      {wall && time !== null && (
        <div className="flex items-center gap-1">
          <Globe aria-hidden className="mx-2 size-4 shrink-0 text-quiet" />
          <Select
            aria-label="Time zone"
            value={timeZone}
            onChange={(event) => onChange({ time_zone: event.target.value, due_date: localDueDate(wall.day, time) })}
          >
            {zonesWith(timeZone).map((one) => (
              <option key={one}>{one}</option>
            ))}
          </Select>
        </div>
      )}
    </div>
  );
}

interface ShortcutProps {
  icon: LucideIcon;
  tint: string;
  label: string;
  chosen: boolean;
  run: () => void;
  /** The weekday. */
  children?: string;
}

function Shortcut({ icon: Icon, tint, label, chosen, run, children }: ShortcutProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={run}
      className={classes(
        'flex h-9 items-center gap-2 rounded-md px-2 text-sm whitespace-nowrap hover:bg-hover max-sm:h-10',
        chosen && 'bg-chosen',
      )}
    >
      <Icon aria-hidden className={classes('size-4 shrink-0', tint)} />
      {`${label} `}
      <span className="ml-auto text-xs text-quiet max-[22rem]:hidden">{children}</span>
    </button>
  );
}
