'use client';

import { useState } from 'react';
import { CommittedInput } from '@/components/committed-input';
import { DayField } from '@/components/day-field';
import { Field, Select } from '@/components/field';
import { wallClock, wallOf } from '@/lib/dates';
import { type Fields, type Pattern, PLAIN, type Recurrence } from '@/features/tasks/data/model';
import { DaysOfMonth, Months, needsMonths, WeekDays } from './recurrence-days';
import { RecurrencePreview } from './recurrence-preview';
import { ExcludedDates, Times } from './recurrence-times';

const PATTERNS: readonly (readonly [Pattern, string, string])[] = [
  ['none', 'Does not repeat', ''],
  ['hourly', 'Hourly', 'hours'],
  ['daily', 'Daily', 'days'],
  ['weekly', 'Weekly', 'weeks'],
  ['monthly', 'Monthly', 'months'],
  ['yearly', 'Yearly', 'years'],
];

interface Props {
  dueDate: string | null;
  timeZone: string;
  pattern: Pattern;
  recurrence: Recurrence | null;
  leadTime: number | null;
  onChange: (fields: Fields) => void;
}

/** An editor for a recurrence rule, with a preview of the next dates and their reasons. */
export function RecurrenceEditor({ dueDate, timeZone, pattern, recurrence, leadTime, onChange }: Props) {
  const rule = { ...PLAIN, ...recurrence };
  /** Values being typed. The preview uses them before they are saved. */
  const [draft, setDraft] = useState<Partial<Recurrence>>({});
  const drafting = (read: (text: string) => Partial<Recurrence>) => (text: string | null) =>
    setDraft(text === null ? {} : read(text));
  const readInterval = (text: string) => ({ interval: whole(text, 999) ?? rule.interval });
  const readCount = (text: string) => ({ count: whole(text, 9999) ?? rule.count ?? null });
  const set = (changed: Partial<Recurrence>) => onChange({ recurrence: { ...rule, ...changed } });
  const setMode = (mode: Recurrence['mode']) => set(mode === 'completion' ? { mode, times: [] } : { mode });
  const changePattern = (to: Pattern) =>
    onChange({
      recurrence_pattern: to,
      recurrence: to === 'none' || recurrence === null ? null : fitting(pattern, to, rule),
    });
  const ending = rule.until !== null ? 'until' : rule.count !== null ? 'count' : 'never';
  const isOfDays = pattern !== 'hourly';
  const isByMonth = pattern === 'monthly' || pattern === 'yearly';
  const due = dueDate === null ? null : wallOf(dueDate, timeZone);
  const unit = PATTERNS.find(([name]) => name === pattern)?.[2];
  return (
    <div className="flex flex-col gap-2">
      <Field label="Repeats" hint={dueDate === null ? 'A task that repeats needs a due date' : undefined}>
        {(control) => (
          <Select
            {...control}
            value={pattern}
            disabled={dueDate === null}
            onChange={(event) => changePattern(event.target.value as Pattern)}
          >
            {PATTERNS.map(([value, label]) => (
              <option key={value} value={value} disabled={value === 'hourly' && !due?.time}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {pattern !== 'none' && (
        <>
          <div className="flex gap-2">
            <Field label={`Every … ${unit}`} className="w-24">
              {(control) => (
                <CommittedInput
                  {...control}
                  type="number"
                  min={1}
                  max={999}
                  value={String(rule.interval)}
                  onDraft={drafting(readInterval)}
                  onCommit={(text) => set(readInterval(text))}
                />
              )}
            </Field>
            <Field label="Counted from" className="flex-1">
              {(control) => (
                <Select
                  {...control}
                  value={rule.mode}
                  onChange={(event) => setMode(event.target.value as Recurrence['mode'])}
                >
                  <option value="schedule">the schedule</option>
                  <option value="completion">the completion</option>
                </Select>
              )}
            </Field>
          </div>
          {pattern === 'weekly' && <WeekDays rule={rule} set={set} />}
          {isByMonth && <DaysOfMonth rule={rule} set={set} pattern={pattern} day={due?.day ?? ''} />}
          {isOfDays && due?.time && rule.mode === 'schedule' && <Times times={rule.times} own={due.time} set={set} />}
          {isOfDays && <Months rule={rule} set={set} needed={pattern === 'yearly' && needsMonths(rule)} />}
          {rule.excluded_dates.length > 0 && (
            <ExcludedDates dates={rule.excluded_dates} onChange={(dates) => set({ excluded_dates: dates })} />
          )}
          <div className="flex flex-wrap gap-2">
            <Field label="Ends" className="flex-1">
              {(control) => (
                <Select
                  {...control}
                  value={ending}
                  onChange={(event) =>
                    set({
                      until: event.target.value === 'until' ? (dueDate?.slice(0, 10) ?? null) : null,
                      count: event.target.value === 'count' ? 10 : null,
                    })
                  }
                >
                  <option value="never">never</option>
                  <option value="until">on a day</option>
                  <option value="count">after a number of times</option>
                </Select>
              )}
            </Field>
            {ending === 'until' && (
              <Field label="Last day" className="min-w-0 flex-1">
                {(control) => (
                  <DayField
                    {...control}
                    label="Last day"
                    today={wallClock(new Date(), timeZone).day}
                    value={rule.until?.slice(0, 10) ?? null}
                    onChange={(until) => set({ until })}
                  />
                )}
              </Field>
            )}
            {ending === 'count' && (
              <Field label="Times" className="w-24">
                {(control) => (
                  <CommittedInput
                    {...control}
                    type="number"
                    min={1}
                    max={9999}
                    value={String(rule.count ?? 1)}
                    onDraft={drafting(readCount)}
                    onCommit={(text) => set(readCount(text))}
                  />
                )}
              </Field>
            )}
          </div>
          {dueDate !== null && (
            <RecurrencePreview
              request={{
                due_date: dueDate,
                time_zone: timeZone,
                recurrence_pattern: pattern,
                recurrence: { ...rule, ...draft },
                reminder_lead_time: leadTime,
                count: 4,
              }}
            />
          )}
        </>
      )}
    </div>
  );
}

/** Returns the details of a rule that another pattern can have, as the API keeps them. */
function fitting(from: Pattern, to: Pattern, rule: Recurrence): Recurrence {
  const { interval, until, count, mode, last_day, skip, times, months, excluded_dates } = rule;
  const { weekdays, month_days, workday } = rule;
  const isByMonth = to === 'monthly' || to === 'yearly';
  return {
    ...PLAIN,
    ...{ interval, mode, until: until ?? null, count: count ?? null },
    ...(isByMonth ? { last_day, skip } : {}),
    ...(from === 'yearly' && to === 'monthly' ? { weekdays, month_days, workday: workday ?? null } : {}),
    ...(to === 'hourly' ? {} : { times, excluded_dates }),
    ...(to === 'hourly' || to === 'yearly' || from === 'yearly' ? {} : { months }),
  };
}

/** Returns the whole number from 1 to `most` that `text` holds, otherwise null. */
function whole(text: string, most: number): number | null {
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 && number <= most ? number : null;
}
