'use client';

import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Field, Select } from '@/components/field';
import { classes } from '@/lib/classes';
import { weekdaysInOrder } from '@/lib/region';
import { monthName, ORDINALS, placeOf, weekdayName, WEEKDAYS } from '@/features/tasks/data/labels';
import type { Pattern, Recurrence } from '@/features/tasks/data/model';

const NO_DAYS = { weekdays: [], month_days: [], workday: null, last_day: false } satisfies Partial<Recurrence>;
const KINDS = [
  ['date', 'the day of the due date'],
  ['weekdays', 'a weekday of the month'],
  ['month_days', 'chosen days'],
  ['workday', 'a working day'],
  ['last_day', 'the last day'],
] as const;
type Kind = (typeof KINDS)[number][0];
const LAST = -1;
const SHORTEST_MONTH = 28;
const DAYS = [...Array.from({ length: 31 }, (_, index) => index + 1), LAST];
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

interface Props {
  rule: Recurrence;
  set: (changed: Partial<Recurrence>) => void;
}

/** The days of the week of a weekly rule. */
export function WeekDays({ rule, set }: Props) {
  return (
    <Toggles
      legend="On"
      values={weekdaysInOrder()}
      chosen={rule.weekdays}
      onChange={(days) => set({ weekdays: WEEKDAYS.filter((day) => days.includes(day)) })}
      name={(day) => weekdayName(day)}
      short={(day) => weekdayName(day, 'short')}
    />
  );
}

/** The days of the month of a monthly or yearly rule. `day` is the day of the due date, ISO. */
export function DaysOfMonth({ rule, set, pattern, day }: Props & { pattern: Pattern; day: string }) {
  const kind = kindOf(rule);
  const choose = (chosen: Kind) => {
    const changed = { ...NO_DAYS, ...firstOf(chosen, day) };
    const months = needsMonths({ ...rule, ...changed }) ? [Number(day.slice(5, 7))] : [];
    set({ ...changed, ...(pattern === 'yearly' ? { months } : {}), skip: 'backward' });
  };
  const longest = Math.max(...rule.month_days, kind === 'date' ? Number(day.slice(8, 10)) : 0);
  return (
    <>
      <Field label="On">
        {(control) => (
          <Select {...control} value={kind} onChange={(event) => choose(event.target.value as Kind)}>
            {KINDS.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {kind === 'weekdays' && <NthWeekdays rule={rule} set={set} day={day} />}
      {kind === 'month_days' && (
        <Toggles
          legend="Days of the month"
          values={[...DAYS, ...rule.month_days.filter((each) => !DAYS.includes(each))]}
          chosen={rule.month_days}
          atLeastOne
          onChange={(days) => set({ month_days: days })}
          name={(each) => (each < 0 ? `${capital(placeOf(each))} day` : `Day ${each}`)}
          short={(each) => (each < 0 ? capital(placeOf(each)) : String(each))}
        />
      )}
      {longest > SHORTEST_MONTH && (
        <Field label="In shorter months">
          {(control) => (
            <Select
              {...control}
              value={rule.skip}
              onChange={(event) => set({ skip: event.target.value as Recurrence['skip'] })}
            >
              <option value="backward">on the last day</option>
              <option value="omit">not at all</option>
            </Select>
          )}
        </Field>
      )}
      {kind === 'workday' && (
        <Field label="Working day of the month">
          {(control) => (
            <Select
              {...control}
              value={String(rule.workday)}
              onChange={(event) => set({ workday: Number(event.target.value) })}
            >
              {withValue(rule.workday).map((each) => (
                <option key={each} value={each}>
                  {placeOf(each)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </>
  );
}

/** The months that a rule is limited to. */
export function Months({ rule, set, needed }: Props & { needed: boolean }) {
  const [open, setOpen] = useState(needed || rule.months.length > 0);
  return (
    <details open={open || needed} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer text-xs font-medium text-quiet">Only in some months</summary>
      <Toggles
        legend="Months"
        values={MONTHS}
        chosen={rule.months}
        atLeastOne={needed}
        onChange={(months) => set({ months })}
        name={(month) => monthName(month, 'long')}
        short={(month) => monthName(month)}
      />
    </details>
  );
}

function NthWeekdays({ rule, set, day }: Props & { day: string }) {
  const replace = (index: number, by: string[]) =>
    set({ weekdays: [...new Set([...rule.weekdays.slice(0, index), ...by, ...rule.weekdays.slice(index + 1)])] });
  return (
    <div className="flex flex-col gap-1">
      {rule.weekdays.map((each, index) => {
        const [ordinal, weekday] = [Number(each.slice(0, -2)), each.slice(-2)];
        return (
          // By place: a changed weekday is the same row.
          <div key={index} className="flex gap-2">
            <Select
              aria-label="Which one in the month"
              value={ordinal}
              onChange={(event) => replace(index, [`${event.target.value}${weekday}`])}
            >
              {withValue(ordinal).map((value) => (
                <option key={value} value={value}>
                  {placeOf(value)}
                </option>
              ))}
            </Select>
            <Select
              aria-label="Weekday"
              value={weekday}
              onChange={(event) => replace(index, [`${ordinal}${event.target.value}`])}
            >
              {weekdaysInOrder().map((value) => (
                <option key={value} value={value}>
                  {weekdayName(value)}
                </option>
              ))}
            </Select>
            {rule.weekdays.length > 1 && (
              <Button look="bare" size="icon" aria-label="Remove this weekday" onClick={() => replace(index, [])}>
                <X aria-hidden className="size-4" />
              </Button>
            )}
          </div>
        );
      })}
      <Button look="bare" onClick={() => replace(rule.weekdays.length, [another(rule.weekdays, day)])}>
        <Plus aria-hidden className="size-4" /> Another weekday
      </Button>
    </div>
  );
}

interface TogglesProps<T> {
  legend: string;
  values: readonly T[];
  chosen: readonly unknown[];
  atLeastOne?: boolean;
  onChange: (chosen: T[]) => void;
  name: (value: T) => string;
  short: (value: T) => string;
}

function Toggles<T extends string | number>(props: TogglesProps<T>) {
  const { legend, values, chosen, atLeastOne = false, onChange, name, short } = props;
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-quiet">{legend}</legend>
      <div className="flex flex-wrap gap-1">
        {values.map((value) => {
          const on = chosen.includes(value);
          const stays = atLeastOne && on && chosen.length === 1;
          return (
            <button
              key={value}
              type="button"
              aria-pressed={on}
              aria-disabled={stays}
              aria-label={name(value)}
              title={stays ? 'At least one is needed' : undefined}
              onClick={() => stays || onChange(values.filter((each) => (each === value ? !on : chosen.includes(each))))}
              className={classes(
                'h-8 min-w-10 rounded-md border px-1 text-xs',
                on ? 'border-accent bg-accent text-on-accent' : 'border-field',
              )}
            >
              {short(value)}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

/** Whether a yearly rule with these days needs months. */
export function needsMonths(rule: Recurrence): boolean {
  return !['date', 'last_day'].includes(kindOf(rule));
}

function kindOf(rule: Recurrence): Kind {
  if (rule.weekdays.length > 0) return 'weekdays';
  if (rule.month_days.length > 0) return 'month_days';
  if (rule.last_day) return 'last_day';
  return rule.workday ? 'workday' : 'date';
}

/** Returns the days that a kind begins with: those that the due date is on. */
function firstOf(kind: Kind, day: string): Partial<Recurrence> {
  switch (kind) {
    case 'weekdays':
      return { weekdays: [placeInMonth(day)] };
    case 'month_days':
      return { month_days: [Number(day.slice(8, 10))] };
    case 'workday':
      return { workday: 1 };
    case 'last_day':
      return { last_day: true };
    default:
      return {};
  }
}

/** Returns the place of a day's weekday in its month, such as 2TU; a fifth one is the last one. */
function placeInMonth(day: string): string {
  const nth = Math.ceil(Number(day.slice(8, 10)) / 7);
  const weekday = WEEKDAYS[(new Date(`${day}T12:00Z`).getUTCDay() + 6) % 7];
  return `${nth > 4 ? LAST : nth}${weekday}`;
}

/** Returns a place that is not taken, with the weekday of the day. */
function another(taken: readonly string[], day: string): string {
  const weekday = placeInMonth(day).slice(-2);
  const free = ORDINALS.map((ordinal) => `${ordinal}${weekday}`).find((place) => !taken.includes(place));
  return free ?? `1${WEEKDAYS.find((each) => !taken.includes(`1${each}`)) ?? 'MO'}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Returns the places to choose from, with that of the rule. */
function withValue(value: number | null | undefined): number[] {
  return value && !ORDINALS.includes(value) ? [...ORDINALS, value] : [...ORDINALS];
}
