import { expect, it } from 'vitest';
import { keysOf } from './answers';
import { chipsOf, draftOf, type Fields, type Parsed, phrasesOf, shownDefaults, UNDECIDED } from './understood';

const match = (field: Parsed['matches'][number]['field'], text: string, label = text) => ({
  field,
  text,
  label,
  start: 0,
  end: text.length,
  value: null,
});

const PARSED: Parsed = {
  title: 'dentist',
  fields: { due_date: '2026-04-03', time_zone: 'Europe/Berlin', tags: ['health'] } as Parsed['fields'],
  matches: [
    match('due_date', '3/4', 'Fri 3 Apr'),
    match('due_date', '9am', 'Fri 3 Apr'),
    match('tags', '#health'),
    match('tags', '#teeth'),
  ],
  certain: false,
  ambiguities: [
    {
      ...match('due_date', '3/4'),
      question: 'Which one is meant?',
      chosen: 0,
      alternatives: [
        { label: 'Fri 3 Apr', fields: { due_date: '2026-04-03' } as Parsed['fields'] },
        { label: 'Wed 4 Mar', fields: { due_date: '2026-03-04' } as Parsed['fields'] },
        {
          label: 'Words of the title',
          fields: { title: 'dentist 3/4', due_date: null, time_zone: null } as Parsed['fields'],
        },
      ],
    },
  ],
};

const KEY = keysOf(PARSED.ambiguities)[0] ?? '';

it('makes the task that was understood', () => {
  expect(draftOf(PARSED, UNDECIDED)).toEqual({
    title: 'dentist',
    due_date: '2026-04-03',
    time_zone: 'Europe/Berlin',
    tags: ['health'],
  });
});

it('takes the alternative that was chosen', () => {
  expect(draftOf(PARSED, { ...UNDECIDED, chosen: { [KEY]: 1 } }).due_date).toBe('2026-03-04');
  expect(draftOf(PARSED, { ...UNDECIDED, chosen: { [KEY]: 2 } })).toEqual({ title: 'dentist 3/4', tags: ['health'] });
});

it('lets what is set by hand come last, and a task without a date have no reminder', () => {
  const fields: Fields = { due_date: null, recurrence_pattern: 'none', recurrence: null, reminders: [] };
  expect(draftOf(PARSED, { ...UNDECIDED, fields })).toEqual({
    title: 'dentist',
    time_zone: 'Europe/Berlin',
    tags: ['health'],
  });
});

it('has one chip for a field and one for each tag, which all their words belong to', () => {
  const chips = chipsOf(PARSED);
  expect(chips.map((chip) => chip.text)).toEqual(['3/4', '#health', '#teeth']);
  expect(chips.map((chip) => phrasesOf(PARSED, chip))).toEqual([['3/4', '9am'], ['#health'], ['#teeth']]);
});

it('takes the date of the view unless the text names one or it was taken away', () => {
  const defaults = { due_date: '2026-03-10' };
  const undated = { ...PARSED, fields: {} as Parsed['fields'], matches: [], ambiguities: [] };
  expect(draftOf(undated, { ...UNDECIDED, defaults }).due_date).toBe('2026-03-10');
  expect(draftOf(PARSED, { ...UNDECIDED, defaults }).due_date).toBe('2026-04-03');
  expect(draftOf(undated, { ...UNDECIDED, defaults, fields: { due_date: null } }).due_date).toBeUndefined();
  expect(shownDefaults(undated, { ...UNDECIDED, defaults })).toEqual(defaults);
  expect(shownDefaults(PARSED, { ...UNDECIDED, defaults })).toEqual({});
});

it('adds the tag of the view to those of the text, once', () => {
  const defaults = { tags: ['health'] };
  expect(draftOf(PARSED, { ...UNDECIDED, defaults }).tags).toEqual(['health']);
  expect(draftOf(PARSED, { ...UNDECIDED, defaults: { tags: ['home'] } }).tags).toEqual(['health', 'home']);
});

it('has one list of reminders, which none by hand or in the text empties', () => {
  const timed = { title: 'dentist', due_date: '2026-04-03T09:00' };
  const remindersOf = (fields: object, byHand = {}) =>
    draftOf(
      { ...PARSED, ambiguities: [], fields: { ...timed, ...fields } as Parsed['fields'] },
      { ...UNDECIDED, fields: byHand },
    ).reminders;
  expect(remindersOf({})).toBeUndefined();
  expect(remindersOf({ reminder_lead_time: 60 })).toEqual([{ minutes_before: 60 }]);
  expect(remindersOf({ reminder_lead_time: null })).toEqual([]);
  const several = [{ minutes_before: 60 }, { days_before: 1, time: '18:00' }];
  expect(remindersOf({ reminder_lead_time: 60, reminders: several })).toEqual(several);
  expect(remindersOf({ reminder_lead_time: 60 }, { reminders: [] })).toEqual([]);
});
