import { expect, it } from 'vitest';
import { HERE, task } from '@/testing/tasks';
import { dueText, rowLabel } from './row-label';

it('says what the row shows by colours and headings', () => {
  const late = task({ title: 'Pay rent', due_date: '2026-03-09', priority: 'High' });
  expect(rowLabel(late, HERE, false)).toBe('Pay rent, overdue, due Yesterday, High priority');
  expect(rowLabel(task({ title: 'Read', priority: 'Low' }), HERE, true)).toBe('Selected: Read, Low priority');
  expect(rowLabel(task({ title: 'Read' }), HERE, false)).toBe('Read');
});

it('leaves out the day that is said elsewhere', () => {
  const timed = task({ due_date: '2026-03-11T10:00:00Z' });
  expect(dueText(timed, HERE)).toMatch(/^Tomorrow \d/);
  expect(dueText(timed, HERE, true)).toMatch(/^\d/);
  expect(dueText(task({ due_date: '2026-03-11' }), HERE, true)).toBe('');
});
