import { expect, it } from 'vitest';
import { HERE, task } from '@/testing/tasks';
import { recounted } from './overview';

const NONE = { open: 0, today: 0, overdue: 0, upcoming: 0, due: 0, dated: 0, tags: [], tag_colors: {}, changes_at: '' };
const OVERDUE = task({ due_date: '2026-03-09', tags: ['home'] });

it('counts a new task wherever it belongs', () => {
  const one = { ...NONE, open: 1, overdue: 1, due: 1, dated: 1, tags: [{ name: 'home', open: 1 }] };
  expect(recounted(NONE, undefined, OVERDUE, HERE)).toEqual(one);
  expect(recounted(one, OVERDUE, { ...OVERDUE, status: 'completed' }, HERE)).toEqual(NONE);
});

it('counts a tag once, whatever its case, by its first spelling', () => {
  const one = recounted(NONE, undefined, OVERDUE, HERE);
  const two = recounted(one, undefined, { ...OVERDUE, id: 2, tags: ['Home'] }, HERE);
  expect(two.tags).toEqual([{ name: 'home', open: 2 }]);
});

it('moves a task from one number to another', () => {
  const one = recounted(NONE, undefined, OVERDUE, HERE);
  const moved = recounted(one, OVERDUE, { ...OVERDUE, due_date: '2026-03-11', tags: ['work'] }, HERE);
  expect(moved).toEqual({ ...NONE, open: 1, upcoming: 1, dated: 1, tags: [{ name: 'work', open: 1 }] });
});
