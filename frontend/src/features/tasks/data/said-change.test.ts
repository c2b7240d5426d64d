import { expect, it } from 'vitest';
import { task } from '@/testing/tasks';
import { saidChange } from './said-change';
import type { Ambiguity, Parsed } from './understood';

const DENTIST = task({ due_date: '2026-03-10T09:00:00Z', tags: ['health'] });

function parsed(fields: object, ambiguities: Ambiguity[] = [], title = ''): Parsed {
  return { title, fields: fields as Parsed['fields'], matches: [], ambiguities, certain: ambiguities.length === 0 };
}

function question(text: string, ...ways: object[]): Ambiguity {
  const alternatives = ways.map((fields, at) => ({ label: `${text} ${at}`, fields })) as Ambiguity['alternatives'];
  return { field: 'due_date', start: 0, end: text.length, text, question: `${text}?`, alternatives, chosen: 0 };
}

it('sets what the words mean, and adds their tags', () => {
  const said = parsed({ due_date: '2026-03-13T09:00:00Z', reminder_lead_time: 60, tags: ['Health', 'teeth'] });
  expect(saidChange(DENTIST, 'friday remind 1h #Health #teeth', said, [])).toEqual({
    fields: { due_date: '2026-03-13T09:00:00Z', reminders: [{ minutes_before: 60 }], tags: ['health', 'teeth'] },
  });
});

it('refuses words that are not understood, and words without a change', () => {
  expect(saidChange(DENTIST, 'friday maybe', parsed({ due_date: '2026-03-13' }, [], 'maybe'), [])).toEqual({
    unclear: 'maybe',
  });
  expect(saidChange(DENTIST, 'soon', parsed({}, [], 'soon'), [])).toEqual({ unclear: 'soon' });
});

it('asks one question after the other, without words of a title among the choices', () => {
  const first = question(
    'at 7',
    { due_date: '2026-03-10T07:00:00Z' },
    { due_date: '2026-03-10T19:00:00Z' },
    { title: 'at 7' },
  );
  const second = question('remind me at 6', { reminder_lead_time: 60 }, { reminder_lead_time: 780 });
  const said = parsed({ due_date: '2026-03-10T07:00:00Z', reminder_lead_time: 60 }, [first, second]);
  expect(saidChange(DENTIST, 'at 7', said, [])).toEqual({ question: first, choices: first.alternatives.slice(0, 2) });
  const evening = first.alternatives.slice(1, 2);
  expect(saidChange(DENTIST, 'at 7', said, evening)).toMatchObject({ question: second });
  expect(saidChange(DENTIST, 'at 7', said, [...evening, ...second.alternatives.slice(1)])).toEqual({
    fields: { due_date: '2026-03-10T19:00:00Z', reminders: [{ minutes_before: 780 }] },
  });
});
