import { expect, it } from 'vitest';
import { keysOf, withAnswers } from './answers';
import type { Ambiguity, Parsed } from './understood';

const ambiguity = (text: string, ...alternatives: object[]): Ambiguity => ({
  field: 'due_date',
  text,
  start: 0,
  end: 0,
  question: 'Which one is meant?',
  chosen: 0,
  alternatives: alternatives.map((fields) => ({ label: '', fields: fields as Parsed['fields'] })),
});

/** Returns what a line says if the second reading of each ambiguity was chosen. */
function answered(fields: object, ...ambiguities: Ambiguity[]): unknown {
  const parsed = { title: 'dentist', fields, matches: [], ambiguities, certain: false } as unknown as Parsed;
  return withAnswers(parsed, Object.fromEntries(keysOf(ambiguities).map((key) => [key, 1])));
}

it('joins the answers about the day and the time of one date', () => {
  const day = ambiguity('3/4', { due_date: '2027-04-03T17:00:00' }, { due_date: '2027-03-04T17:00:00' });
  const hour = ambiguity('at 5', { due_date: '2027-04-03T17:00:00' }, { due_date: '2027-04-03T05:00:00' });
  expect(answered({ due_date: '2027-04-03T17:00:00' }, day, hour)).toMatchObject({ due_date: '2027-03-04T05:00:00' });
});

it('joins the answers about two reminders', () => {
  const minutes = (...all: number[]) => ({
    reminder_lead_time: all[0],
    reminders: all.map((one) => ({ minutes_before: one })),
  });
  const first = ambiguity('remind me at 8', minutes(540, 480), minutes(1260, 480));
  const second = ambiguity('remind me at 9', minutes(540, 480), minutes(540, 1200));
  expect(answered(minutes(540, 480), first, second)).toMatchObject({
    reminders: [{ minutes_before: 1260 }, { minutes_before: 1200 }],
  });
});

it('keeps all words that are answered to be words of the title, and removes their reminders only', () => {
  const [at, before] = [{ minutes_before: 540 }, { minutes_before: 60 }];
  const first = ambiguity(
    'at 8',
    { title: 'dentist', reminders: [at, before] },
    { title: 'dentist at 8', reminders: [before] },
  );
  const second = ambiguity(
    'an hour',
    { title: 'dentist', reminders: [at, before] },
    { title: 'dentist an hour', reminders: [at] },
  );
  expect(answered({ reminders: [at, before] }, first, second)).toEqual({
    title: 'dentist at 8 an hour',
    reminders: [],
  });
});

it('tells two questions about the same words apart', () => {
  const hour = { ...ambiguity('at 5'), question: 'Which hour is meant?' };
  expect(new Set(keysOf([hour, ambiguity('at 5'), ambiguity('at 5')])).size).toBe(3);
});
