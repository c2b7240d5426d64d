import { expect, it } from 'vitest';
import { HERE, task } from '@/testing/tasks';
import { type Row, rowsByDay, rowsOfToday } from './rows';

const LATE = task({ id: 1, title: 'late', due_date: '2026-03-09' });
const ALL_DAY = task({ id: 2, title: 'all day', due_date: '2026-03-10' });
const PASSED = task({ id: 3, title: 'passed', due_date: '2026-03-10T10:00:00Z' });
const TOMORROW = task({ id: 4, title: 'tomorrow', due_date: '2026-03-11' });

function labelOf(row: Exclude<Row, { kind: 'task' }>): string {
  if (row.kind === 'days') return row.days.join(' – ');
  return row.kind === 'day' ? row.day : `${row.title}:`;
}

function said(rows: Row[]): string[] {
  return rows.map((row) => (row.kind === 'task' ? row.task.title : labelOf(row)));
}

it('starts Today with what is overdue, also since a time of today has passed', () => {
  expect(said(rowsOfToday([LATE, ALL_DAY, PASSED], HERE))).toEqual([
    'Overdue:',
    'late',
    'passed',
    '2026-03-10',
    'all day',
  ]);
});

it('has no headings in Today when nothing is overdue', () => {
  expect(said(rowsOfToday([ALL_DAY], HERE))).toEqual(['all day']);
});

it('starts Upcoming with what is overdue, and goes on by day from today', () => {
  const rows = said(rowsByDay([LATE, ALL_DAY, PASSED, TOMORROW], HERE, true));
  expect(rows).toEqual([
    'Overdue:',
    'late',
    'passed',
    '2026-03-10',
    'all day',
    '2026-03-11',
    'tomorrow',
    '2026-03-12 – 2026-03-13 – 2026-03-14 – 2026-03-15 – 2026-03-16',
  ]);
});

it('gives empty days in a row one heading, except for today and those that are to stand apart', () => {
  const friday = task({ id: 5, title: 'friday', due_date: '2026-03-13' });
  expect(said(rowsByDay([friday], HERE, true))).toEqual([
    '2026-03-10',
    '2026-03-11 – 2026-03-12',
    '2026-03-13',
    'friday',
    '2026-03-14 – 2026-03-15 – 2026-03-16',
  ]);
  expect(said(rowsByDay([friday], HERE, true, new Set(['2026-03-11', '2026-03-15'])))).toEqual([
    '2026-03-10',
    '2026-03-11',
    '2026-03-12',
    '2026-03-13',
    'friday',
    '2026-03-14',
    '2026-03-15',
    '2026-03-16',
  ]);
});

it('leaves a completed row where it is, as long as the list has it', () => {
  const done = { ...LATE, status: 'completed' as const, completed: true };
  expect(said(rowsOfToday([done, ALL_DAY], HERE))).toEqual(['Overdue:', 'late', '2026-03-10', 'all day']);
});
