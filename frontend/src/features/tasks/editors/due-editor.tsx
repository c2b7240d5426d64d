'use client';

import { useState } from 'react';
import { Button } from '@/components/button';
import { Field, Input } from '@/components/field';
import { addDays, dayLabel, localDueDate, wallClock, wallOf } from '@/lib/dates';
import type { Fields } from '../model';
import { useZone } from '../provider';

interface Props {
  dueDate: string | null;
  timeZone: string;
  onChange: (fields: Fields) => void;
}

/** Day and time as the wall shows them in the task's own zone. Without a time it is the whole day. */
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
              onClick={() => set(day, wall?.time ?? null)}
            >
              {ahead === 7 ? 'In a week' : dayLabel(day, today)}
            </Button>
          );
        })}
        {wall && (
          <Button
            size="small"
            look="bare"
            onClick={() =>
              onChange({ due_date: null, recurrence_pattern: 'none', recurrence: null, reminder_lead_time: null })
            }
          >
            No date
          </Button>
        )}
      </div>
      <div className="flex gap-2">
        <Field label="Due on" className="flex-1">
          {(control) => (
            <Moment
              {...control}
              type="date"
              value={wall?.day ?? ''}
              onSet={(day) => day && set(day, wall?.time ?? null)}
            />
          )}
        </Field>
        <Field label="At" className="w-28">
          {(control) => (
            <Moment
              {...control}
              type="time"
              value={wall?.time ?? ''}
              disabled={!wall}
              onSet={(time) => wall && set(wall.day, time === '' ? null : time)}
            />
          )}
        </Field>
      </div>
      {timeZone !== zone && wall?.time && <p className="text-xs text-quiet">In {timeZone}, the task’s own time zone</p>}
    </div>
  );
}

interface MomentProps {
  id: string;
  type: 'date' | 'time';
  value: string;
  disabled?: boolean;
  onSet: (value: string) => void;
}

/** Passes a date or time on when it is whole and left, not with every digit. */
function Moment({ value, onSet, ...props }: MomentProps) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  return (
    <Input
      {...props}
      value={text}
      max={props.type === 'date' ? '2199-12-31' : undefined}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => text !== value && onSet(text)}
      onKeyDown={(event) => event.key === 'Enter' && text !== value && onSet(text)}
    />
  );
}
