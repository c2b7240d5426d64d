import { expect, it } from 'vitest';
import { HERE, task } from '@/testing/tasks';
import { type Row, rowsByDay, rowsOfToday } from './rows';

const LATE = task({ id: 1, title: 'late', due_date: '2026-03-09' });
const ALL_DAY = task({ id: 2, title: 'all day', due_date: '2026-03-10' });
const PASSED = task({ id: 3, title: 'passed', due_date: '2026-03-10T10:00:00Z' });
const TOMORROW = task({ id: 4, title: 'tomorrow', due_date: '2026-03-11' });

function said(rows: Row[]): string[] {
  return rows.map((row) => (row.kind === 'task' ? row.task.title : row.kind === 'day' ? row.day : `${row.title}:`));
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
  expect(rows.slice(0, 8)).toEqual([
    'Overdue:',
    'late',
    'passed',
    '2026-03-10',
    'all day',
    '2026-03-11',
    'tomorrow',
    '2026-03-12',
  ]);
});
