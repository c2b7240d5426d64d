import { describe, expect, it } from 'vitest';
import { HERE, task } from '@/testing/tasks';
import { applied, type Change, created, describe as says, difference, editOf, undoOf } from './changes';
import type { Fields, Task } from './model';

const edit = (fields: Fields): Change => ({ kind: 'edit', scope: 'this', edits: [editOf(task(), fields)] });
const act = (action: 'complete' | 'reopen' | 'delete' | 'restore', ids = [1]): Change => ({
  kind: 'act',
  action,
  ids,
  scope: 'this',
});

describe('a change before the answer', () => {
  it('is shown as the server will have it', () => {
    expect(applied(task(), edit({ due_date: '2026-03-29T02:30:00' }), HERE.now).due_date).toBe(
      '2026-03-29T01:30:00.000Z',
    );
    expect(applied(task(), edit({ due_date: '2026-03-29' }), HERE.now).due_date).toBe('2026-03-29');
    expect(applied(task(), act('complete'), HERE.now)).toMatchObject({ status: 'completed', completed: true });
    expect(applied(task({ status: 'deleted', completed: true }), act('restore'), HERE.now).status).toBe('completed');
  });

  it('takes the reminder away with the date, and the details with the rule', () => {
    const dated = task({ due_date: '2026-03-29', reminders: [{ minutes_before: 10 }] });
    expect(applied(dated, edit({ due_date: null }), HERE.now).reminders).toEqual([]);
    expect(applied(dated, edit({ recurrence_pattern: 'none' }), HERE.now).recurrence).toBeNull();
  });

  it('leaves other tasks as they are', () => {
    const other = task({ id: 2 });
    expect(applied(other, act('delete'), HERE.now)).toBe(other);
    expect(applied(other, edit({ title: 'x' }), HERE.now)).toBe(other);
  });

  it('makes a new task with the defaults', () => {
    const made = created(
      { kind: 'create', id: -1, key: 'k', task: { title: 'Call', due_date: '2026-03-11T09:00:00' } },
      HERE.zone,
      HERE.now,
    );
    expect(made).toMatchObject({
      id: -1,
      title: 'Call',
      priority: 'None',
      due_date: '2026-03-11T08:00:00.000Z',
      time_zone: 'Europe/Berlin',
    });
  });
});

it('adds and removes tags of a task whose tags were changed elsewhere', () => {
  const seen = task({ tags: ['old', 'home'] });
  const change: Change = { kind: 'edit', edits: [editOf(seen, { tags: ['home', 'mine'] })], scope: 'this' };
  const tagsOf = (tags: string[]) => applied(task({ tags }), change, HERE.now).tags;
  expect(tagsOf(['old', 'home'])).toEqual(['home', 'mine']);
  expect(tagsOf(['old', 'home', 'theirs'])).toEqual(['mine', 'home', 'theirs']);
  expect(tagsOf(['Mine'])).toEqual(['Mine']);
});

describe('the undo of a step before the answer', () => {
  const before = new Map([[1, task()]]);

  it('shows the tasks as they were', () => {
    const after = [applied(task(), edit({ title: 'New', due_date: '2026-03-29' }), HERE.now)];
    const undo = undoOf('s', before, after);
    expect(undo).toMatchObject({
      kind: 'undo',
      step: 's',
      shown: [{ id: 1, fields: { title: 'Buy milk', due_date: null } }],
    });
    const changed = { ...after[0], priority: 'High', version: 2 } as Task;
    expect(undo && applied(changed, undo, HERE.now)).toMatchObject({ title: 'Buy milk', priority: 'High', version: 2 });
  });

  it('leaves alone what was so already', () => {
    const both = new Map([...before, [2, task({ id: 2, status: 'completed' })]]);
    const after = [applied(task(), act('complete'), HERE.now), task({ id: 2, status: 'completed' })];
    expect(undoOf('s', both, after)?.shown.map(({ id }) => id)).toEqual([1]);
    expect(undoOf('s', both, after.slice(1))).toBeNull();
  });

  it('shows a created task in the trash', () => {
    const undo = undoOf('s', new Map(), [task({ id: -1 })]);
    expect(undo && applied(task({ id: -1 }), undo, HERE.now).status).toBe('deleted');
  });
});

it('says what differs, and nothing else', () => {
  expect(difference(task(), task({ title: 'New', tags: [], version: 9 }))).toEqual({ title: 'New' });
});

it('says what was done', () => {
  expect(says(act('complete'), [task()])).toBe('“Buy milk” completed');
  expect(says(act('delete', [1, 2, 3]))).toBe('3 tasks moved to the trash');
  const edited = (fields: Partial<Task>) =>
    says({ kind: 'edit', edits: [editOf(task(), fields)], scope: 'this' }, [task(fields)]);
  expect(edited({ due_date: '2026-12-03' })).toMatch(/^“Buy milk” moved to Thu,? (3 Dec|Dec 3)$/);
  expect(edited({ due_date: null })).toBe('“Buy milk” has no date now');
  expect(edited({ priority: 'High' })).toBe('“Buy milk” changed to high priority');
  expect(edited({ description: 'two litres' })).toBe('“Buy milk” changed');
  expect(says({ kind: 'create', id: -1, key: '', task: { title: 'x'.repeat(60) } })).toBe(`“${'x'.repeat(39)}…” added`);
});
