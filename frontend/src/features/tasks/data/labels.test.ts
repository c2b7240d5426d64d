import { expect, it } from 'vitest';
import { changedFields } from './labels';
import { PLAIN } from './model';

const said = (changes: Record<string, [unknown, unknown]>, after: Record<string, unknown> = {}) =>
  changedFields(changes, after, 'Europe/Berlin').map(({ name, before, after: now }) => `${name}: ${before} → ${now}`);

it('a changed rule is one line in words', () => {
  const weekly = { ...PLAIN, weekdays: ['MO', 'WE', 'FR'] };
  expect(said({ recurrence_pattern: ['monthly', 'weekly'], recurrence: [null, weekly] })).toEqual([
    'Repeats: every month → every Monday, Wednesday and Friday',
  ]);
  expect(said({ recurrence: [weekly, { ...weekly, interval: 2 }] }, { recurrence_pattern: 'weekly' })).toEqual([
    'Repeats: every Monday, Wednesday and Friday → every 2 weeks on Mon, Wed, Fri',
  ]);
  expect(said({ recurrence_pattern: ['none', 'daily'] }, { recurrence: null })).toEqual([
    'Repeats: Does not repeat → every day',
  ]);
});

it('a rule that was recorded before it had all its details is read', () => {
  expect(said({ recurrence: [{ interval: 2 }, null] }, { recurrence_pattern: 'daily' })).toEqual([
    'Repeats: every 2 days → every day',
  ]);
});

it('a reminder that is also the lead time is said once, and no value is shown as data', () => {
  const lines = said({
    reminder_lead_time: [null, 30],
    reminders: [[], [{ minutes_before: 30 }]],
    other: [null, { any: 'thing', count: 2 }],
  });
  expect(lines).toEqual(['Reminders: none → 30 minutes before', 'other: none → thing, 2']);
});
