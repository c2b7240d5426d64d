import { expect, it } from 'vitest';
import { task } from '@/testing/tasks';
import { movedTo } from './moves';

it.each([
  ['2026-03-10', 'Europe/Berlin', '2026-03-12', '2026-03-12'],
  ['2026-03-10T08:00:00Z', 'Europe/Berlin', '2026-03-12', '2026-03-12T09:00:00'],
  ['2026-03-28T08:00:00Z', 'Europe/Berlin', '2026-03-29', '2026-03-29T09:00:00'], // across a DST change
  ['2026-03-09T21:00:00Z', 'Asia/Tokyo', '2026-03-11', '2026-03-12T06:00:00'], // 06:00 there is 22:00 the day before
  ['2026-03-11T02:00:00Z', 'America/Los_Angeles', '2026-03-13', '2026-03-12T19:00:00'], // 19:00 there is 03:00 the day after
])('%s of %s on %s is %s', (due_date, time_zone, day, expected) => {
  expect(movedTo(task({ due_date, time_zone }), day, 'Europe/Berlin')).toEqual({ due_date: expected });
});

it('a task without a date gets the day', () => {
  expect(movedTo(task(), '2026-03-12', 'Europe/Berlin')).toEqual({ due_date: '2026-03-12' });
});
