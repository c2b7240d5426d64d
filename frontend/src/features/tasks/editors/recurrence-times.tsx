'use client';

import { Field } from '@/components/field';
import { RemovableChip } from '@/components/removable-chip';
import { TimeField } from '@/components/time-field';
import { longDay } from '@/lib/dates';
import { timeLabel } from '@/lib/clock';
import type { Recurrence } from '@/features/tasks/data/model';

const MOST = 24;

interface Props {
  /** The times of each day; empty if the task has only its own. */
  times: readonly string[];
  /** The time of the due date, `HH:MM`. */
  own: string;
  set: (changed: Partial<Recurrence>) => void;
}

/** Several times of a day, for a task that repeats. */
export function Times({ times, own, set }: Props) {
  const add = (time: string) => set({ times: [...new Set([...(times.length > 0 ? times : [own]), time])].sort() });
  const remove = (time: string) => {
    const left = times.filter((each) => each !== time);
    set({ times: left.length > 1 ? left : [] });
  };
  return (
    <div className="flex flex-wrap items-end gap-1">
      {times.map((time) => (
        <RemovableChip
          key={time}
          label={timeLabel(time)}
          remove={`Not at ${timeLabel(time)}`}
          onRemove={() => remove(time)}
        />
      ))}
      {times.length < MOST && (
        <Field label="Also at" className="w-28">
          {(control) => <TimeField {...control} value={null} placeholder="Add a time" onCommit={add} />}
        </Field>
      )}
    </div>
  );
}

/** The days that a rule leaves out. */
export function ExcludedDates({ dates, onChange }: { dates: readonly string[]; onChange: (dates: string[]) => void }) {
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-quiet">Except on</legend>
      <div className="flex flex-wrap gap-1">
        {dates.map((day) => (
          <RemovableChip
            key={day}
            label={longDay(day)}
            remove={`Also on ${longDay(day)}`}
            onRemove={() => onChange(dates.filter((each) => each !== day))}
          />
        ))}
      </div>
    </fieldset>
  );
}
