import { expect, it } from 'vitest';
import type { Notification } from './queries';
import { ago, bodyOf } from './words';

const NOW = new Date('2026-11-30T19:00:00Z');
const HERE = { now: NOW, zone: 'Europe/Berlin' };
const reminder = (fields: Partial<Notification>) =>
  ({
    type: 'reminder',
    body: 'as sent',
    due_date: '2026-11-30T19:30:00Z',
    late_by_seconds: 0,
    ...fields,
  }) as Notification;

it.each([
  [0, 'now'],
  [59, 'now'],
  [60, '1 minute ago'],
  [59 * 60, '59 minutes ago'],
  [3600, '1 hour ago'],
  [24 * 3600, 'yesterday'],
  [50 * 3600, '2 days ago'],
  [-30, 'now'], // the clock of the server is ahead
])('what was %i seconds ago was %s', (seconds, words) => {
  expect(ago(new Date(NOW.getTime() - seconds * 1000), NOW, 'en-GB')).toBe(words);
});

it('says when the task is due as the page writes dates, and how late the reminder was', () => {
  expect(bodyOf(reminder({}), HERE)).toMatch(/^Due Today, (20:30|8:30\sPM)$/);
  expect(bodyOf(reminder({ due_date: '2026-12-01' }), HERE)).toBe('Due Tomorrow');
  expect(bodyOf(reminder({ due_date: '2026-12-01', late_by_seconds: 7300 }), HERE)).toBe(
    'Due Tomorrow. This reminder was 2 hours late',
  );
});

it('leaves the text of other notifications', () => {
  expect(bodyOf(reminder({ type: 'info' }), HERE)).toBe('as sent');
  expect(bodyOf(reminder({ due_date: null }), HERE)).toBe('as sent');
});
