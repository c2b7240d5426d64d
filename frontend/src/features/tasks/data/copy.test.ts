import { expect, it } from 'vitest';
import type { Settings } from '@/lib/account';
import { query, task } from '@/testing/tasks';
import { type Copy, copiedPage } from './copy';

const TASKS = [
  task({ id: 1, title: 'Water the plants', updated_at: '2026-03-01T00:00:00Z' }),
  task({ id: 2, title: 'Call Zoë', description: 'about the plants', updated_at: '2026-03-03T00:00:00Z' }),
  task({ id: 3, title: 'Pay rent', tags: ['home'], status: 'completed', updated_at: '2026-03-02T00:00:00Z' }),
];

function found(asked: Partial<Parameters<typeof query>[0]>): number[] | undefined {
  const copy = { tasks: TASKS, settings: { time_zone: 'Europe/Berlin' } as Settings } as Copy;
  return copiedPage(copy, query(asked))?.items.map(({ id }) => id);
}

it('has the tasks of a view in its order', () => {
  expect(found({ status: 'all', sort: 'updated_at' })).toEqual([2, 3, 1]);
  expect(found({ status: 'completed' })).toEqual([3]);
  expect(found({ status: 'deleted' })).toBeUndefined();
  expect(found({ status: 'all', tags: ['Home'] })).toEqual([3]);
});

it('finds words in titles first, then in descriptions and tags, whatever case and accents', () => {
  expect(found({ status: 'all', sort: 'updated_at', q: 'PLANTS' })).toEqual([1, 2]);
  expect(found({ status: 'all', q: 'zoe plants' })).toEqual([2]);
  expect(found({ status: 'all', q: 'home' })).toEqual([3]);
  expect(found({ status: 'all', q: 'violin' })).toEqual([]);
});
