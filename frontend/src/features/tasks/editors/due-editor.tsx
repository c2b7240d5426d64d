'use client';

import { Button } from '@/components/button';
import { CommittedInput } from '@/components/committed-input';
import { Field, Select } from '@/components/field';
import { addDays, dayLabel, localDueDate, wallClock, wallOf } from '@/lib/dates';
import { zonesWith } from '@/lib/zones';
import type { Fields } from '@/features/tasks/data/model';
import { wallDay } from '@/features/tasks/data/moves';
import { useZone } from '@/lib/account';

interface Props {
  dueDate: string | null;
  timeZone: string;
  onChange: (fields: Fields) => void;
}

/** Edits day and time in the task's own zone. Without a time the task is all-day. */
export function DueEditor({ dueDate, timeZone, onChange }: Props) {
  const zone = useZone();
  const today = wallClock(new Date(), zone).day;
  const wall = dueDate === null ? null : wallOf(dueDate, timeZone);
  const set = (day: string, time: string | null) => onChange({ due_date: localDueDate(day, time) });
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-1">
        {[0, 1, 7].map((ahead) => {
          const day = addDays(today, ahead);
          return (
            <Button
              key={ahead}
              size="small"
              aria-pressed={wall?.day === day}
              onClick={() => set(wallDay(day, wall?.time ?? null, timeZone, zone), wall?.time ?? null)}
            >
              {ahead === 7 ? 'In a week' : dayLabel(day, today)}
            </Button>
          );
        })}
        {wall && (
          <Button
            size="small"
            look="bare"
            onClick={() => onChange({ due_date: null, recurrence_pattern: 'none', recurrence: null, reminders: [] })}
          >
            No date
          </Button>
        )}
      </div>
      <div className="flex gap-2">
        <Field label="Due on" className="flex-1">
          {(control) => (
            <CommittedInput
              {...control}
              type="date"
              max="2199-12-31"
              value={wall?.day ?? ''}
              onCommit={(day) => day && set(day, wall?.time ?? null)}
            />
          )}
        </Field>
        <Field label="At" className="w-28">
          {(control) => (
            <CommittedInput
              {...control}
              type="time"
              value={wall?.time ?? ''}
              disabled={!wall}
              onCommit={(time) => wall && set(wall.day, time === '' ? null : time)}
            />
          )}
        </Field>
      </div>
      {wall?.time && (
        <Field label="In the time zone">
          {(control) => (
            <Select
              {...control}
              value={timeZone}
              onChange={(event) =>
                onChange({ time_zone: event.target.value, due_date: localDueDate(wall.day, wall.time) })
              }
            >
              {zonesWith(timeZone).map((one) => (
                <option key={one}>{one}</option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </div>
  );
}
