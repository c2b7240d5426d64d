import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderInPage } from '@/testing/page';
import { keysOf } from '@/features/tasks/data/answers';
import { Chips } from './chips';
import { type Decisions, type Match, type Parsed, UNDECIDED } from '@/features/tasks/data/understood';

const match = (field: Match['field'], text: string, label: string): Match => ({
  field,
  text,
  label,
  start: 0,
  end: 1,
  value: null,
});

const PARSED: Parsed = {
  title: 'dentist',
  fields: {
    due_date: '2026-04-03T09:00:00',
    time_zone: 'Europe/Berlin',
    priority: 'High',
    tags: ['health'],
  } as Parsed['fields'],
  matches: [
    match('due_date', '3/4', 'Fri 3 Apr'),
    match('due_date', '9am', 'Fri 3 Apr'),
    match('priority', 'p1', 'High'),
    match('tags', '#health', '#health'),
  ],
  certain: false,
  ambiguities: [
    {
      ...match('due_date', '3/4', 'Fri 3 Apr'),
      question: 'Which day is meant?',
      chosen: 0,
      alternatives: [
        { label: 'Fri 3 Apr', fields: {} as Parsed['fields'] },
        { label: 'Wed 4 Mar', fields: { due_date: '2026-03-04T09:00:00' } as Parsed['fields'] },
      ],
    },
  ],
};

function render(parsed = PARSED): (decisions: Decisions) => void {
  const onDecide = vi.fn();
  renderInPage(<Chips parsed={parsed} decisions={UNDECIDED} onDecide={onDecide} />);
  return onDecide;
}

it('dismisses a field with all the words that say it', async () => {
  const onDecide = render();
  await userEvent.click(screen.getByRole('button', { name: /Not meant: .*2026/ }));
  expect(onDecide).toHaveBeenCalledWith({ ...UNDECIDED, literal: ['3/4', '9am'] });
});

it('sets a field right by hand', async () => {
  const onDecide = render();
  await userEvent.click(screen.getByRole('button', { name: 'Change: High priority' }));
  await userEvent.click(screen.getByRole('radio', { name: 'Low' }));
  expect(onDecide).toHaveBeenCalledWith({ ...UNDECIDED, fields: { priority: 'Low' } });
});

it('asks what can be meant in two ways', async () => {
  const onDecide = render();
  await userEvent.click(screen.getByRole('button', { name: 'Which day is meant? Now: Fri 3 Apr, or Wed 4 Mar' }));
  await userEvent.click(screen.getByRole('menuitemradio', { name: 'Wed 4 Mar' }));
  expect(onDecide).toHaveBeenCalledWith({ ...UNDECIDED, chosen: { [keysOf(PARSED.ambiguities)[0] ?? '']: 1 } });
});

it('asks in the chip of the date, and names the other reading', () => {
  render();
  const chip = screen.getByRole('button', { name: /^Change: .*2026/ }).closest('li');
  expect(chip).toHaveTextContent('or Wed 4 Mar');
});

it('names another hour without the day, which is the same', () => {
  const alternatives = ['Fri 3 Apr, 17:00', 'Fri 3 Apr, 05:00'].map((label) => ({
    label,
    fields: {} as Parsed['fields'],
  }));
  const asked = { ...match('due_date', '9am', ''), question: 'Which hour is meant?', chosen: 0, alternatives };
  render({ ...PARSED, ambiguities: [asked] });
  expect(screen.getByRole('button', { name: /^Which hour/ })).toHaveTextContent(/^or 05:00$/);
});

const RULE = { recurrence_pattern: 'monthly', recurrence: { last_day: true } };

it('says the first date of a rule in its chip', () => {
  const fields = { ...RULE, due_date: '2031-12-31' } as Parsed['fields'];
  render({ ...PARSED, fields, matches: [match('recurrence', 'every month', 'monthly')], ambiguities: [] });
  expect(screen.getByText(/^Every month on the last day, first Wed,? (31 Dec|Dec 31) 2031$/)).toBeVisible();
});

it('says the first date of a rule in the chip of the date, if there is one', () => {
  const fields = { ...RULE, due_date: '2031-12-31T09:00:00' } as Parsed['fields'];
  const matches = [match('recurrence', 'every month', 'monthly'), match('due_date', 'at 9', 'Wed 31 Dec, 09:00')];
  render({ ...PARSED, fields, matches, ambiguities: [] });
  expect(screen.getByText('Every month on the last day')).toBeVisible();
  expect(screen.getByText(/^First Wed,? (31 Dec|Dec 31) 2031, 0?9:00( AM)?$/)).toBeVisible();
});

it('says that the API would refuse so many reminders', () => {
  const reminders = Array.from({ length: 11 }, (_, minutes) => ({ minutes_before: minutes }));
  const fields = { due_date: '2026-12-15', reminders } as Parsed['fields'];
  render({ ...PARSED, fields, matches: [match('reminder', 'remind 1m', '')], ambiguities: [] });
  expect(screen.getByText('Too many reminders: 11, at most 10 are possible.')).toBeVisible();
});
