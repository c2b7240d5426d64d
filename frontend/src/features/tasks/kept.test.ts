import { beforeEach, expect, it } from 'vitest';
import type { Change } from './changes';
import { drop, forgetKept, keep, lowestId, renumber, takeKept } from './kept';

const create: Change = { kind: 'create', id: -2, key: 'k', task: { title: 'x' } };
const complete: Change = { kind: 'act', action: 'complete', ids: [-2, 5], scope: 'this' };

beforeEach(() => localStorage.clear());

it('keeps what is not answered, in order, for each person', () => {
  const key = keep('ann', create);
  keep('ann', complete);
  keep('bob', complete);
  drop('ann', key);
  keep('ann', create);
  expect(takeKept('ann')).toEqual([complete, create]);
  expect(takeKept('ann')).toEqual([]);
  expect(takeKept('bob')).toEqual([complete]);
});

it('has the number of a task that the server has made meanwhile', () => {
  const key = keep('ann', complete);
  renumber('ann', -2, 9);
  expect(takeKept('ann')).toEqual([{ ...complete, ids: [9, 5] }]);
  drop('ann', key);
});

it('forgets everything of everybody', () => {
  keep('ann', create);
  localStorage.setItem('other', 'stays');
  forgetKept();
  expect(Object.keys(localStorage)).toEqual(['other']);
});

it('knows below which number there is nothing yet', () => {
  expect(lowestId([create, complete])).toBe(-2);
  expect(lowestId([])).toBe(0);
});
