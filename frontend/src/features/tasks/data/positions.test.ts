import { describe, expect, it } from 'vitest';
import { task } from '@/testing/tasks';
import { applied, type Edit, editOf } from './changes';
import type { Fields, Task } from './model';
import { placed } from './placement';
import { naturalPosition, spanOf } from './positions';

const DAY = '2031-05-01';
const SPAN = spanOf(DAY, 'Europe/Berlin');
const [a, b, c] = [1, 2, 3].map((id) => task({ id, due_date: DAY })) as [Task, Task, Task];

function after(one: Task, fields: Fields): Task {
  const edit: Edit = { kind: 'edit', edits: [editOf(one, fields)], scope: 'this' };
  return applied(one, edit, new Date(one.updated_at));
}

describe('the place of a task that was not moved', () => {
  it.each([
    [task({ id: 7, due_date: DAY }), 'l06407094960000000000071'],
    [task({ id: 7, due_date: '2031-05-01T08:00:00Z' }), 'l06407098560000000000071'],
    [task({ id: 12 }), 'l99999999999900000000121'],
  ])('is the one that the API computes', (one, expected) => {
    expect(naturalPosition(one)).toBe(expected);
  });

  it('without a number of the server is behind the numbers, oldest first', () => {
    const numbers = [task({ id: 2_147_483_647 }), task({ id: -5 }), task({ id: -1234 })].map(naturalPosition);
    expect(numbers.toSorted()).toEqual(numbers);
  });
});

describe('moving a task', () => {
  it('to the top of a list of several days follows what was moved there before', () => {
    const undated = task({ id: 9, position: `${naturalPosition(a).slice(0, 13)}00000000001` });
    const found = placed([b], [undated, a], 0, spanOf(null, 'Europe/Berlin'));
    expect([...found.keys()]).toEqual([b]);
    expect((found.get(b) ?? 'z') < undated.position).toBe(true);
  });

  const of = (moved: Task, others: Task[], index: number) => placed([moved], others, index, SPAN);

  it('changes its position alone, to one between the neighbours', () => {
    for (const index of [0, 1, 2]) {
      const found = of(c, [a, b], index);
      expect([...found.keys()]).toEqual([c]);
      const order = [a, b].map((one) => one.position).toSpliced(index, 0, found.get(c) ?? '');
      expect(order.toSorted()).toEqual(order);
      expect(order.every((position) => position > SPAN.from && position < SPAN.to)).toBe(true);
    }
  });

  it('to the end leaves room for a task that is added later', () => {
    expect((of(a, [b, c], 2).get(a) ?? '') < naturalPosition(task({ id: 4, due_date: DAY }))).toBe(true);
  });

  it('beside a task without a number gives that one a position too, which its number does not change', () => {
    const unsaved = task({ id: -5, due_date: DAY });
    for (const index of [1, 2]) {
      const found = of(b, [a, unsaved], index);
      const order = [a, unsaved].toSpliced(index, 0, b).map((one) => found.get(one) ?? one.position);
      expect(found.has(unsaved)).toBe(true);
      expect(order.toSorted()).toEqual(order);
      expect((order.at(-1) ?? '') < naturalPosition(task({ id: 4, due_date: DAY }))).toBe(true);
    }
  });

  it('among tasks that share a position gives the nearest of them new ones', () => {
    const twins = [a, { ...b, position: a.position }, { ...c, position: a.position }];
    const found = of(task({ id: 4, due_date: DAY }), twins, 1);
    const order = [twins[0], task({ id: 4 }), twins[1], twins[2]].map(
      (one) => [...found].find(([key]) => key.id === one?.id)?.[1] ?? one?.position ?? '',
    );
    expect(order.toSorted()).toEqual(order);
    expect(new Set(order.slice(0, 3)).size).toBe(3);
  });

  it('a thousand times to the same gap never gets a position that is too long', () => {
    let [one, other] = [a, b];
    for (let times = 0; times < 3000; times++) {
      const found = of(other, [one, c], 0);
      const now = (each: Task) => ({ ...each, position: found.get(each) ?? each.position });
      [one, other] = [now(other), now(one)];
      expect(one.position.length).toBeLessThanOrEqual(200);
      expect(one.position < other.position).toBe(true);
    }
  });
});

describe('a moved task', () => {
  const moved = { ...a, position: `${c.position}V` };

  it('keeps its place on its day, and goes where the rule puts it on another', () => {
    expect(after(moved, { due_date: `${DAY}T18:00:00` }).position).toBe(moved.position);
    const later = after(moved, { due_date: '2031-05-02' });
    expect(later.position).toBe(naturalPosition(later));
    expect(after(moved, { due_date: '2031-05-02', position: 'lX' }).position).toBe('lX');
    expect(after(moved, { position: null }).position).toBe(a.position);
  });

  it('that was not moved by hand follows its time', () => {
    const timed = after(a, { due_date: `${DAY}T18:00:00` });
    expect(timed.position).toBe(naturalPosition(timed));
  });
});
