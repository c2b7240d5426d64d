import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, it, vi } from 'vitest';
import { HERE, list, query, task, titles } from '@/testing/tasks';
import { type Change, creation, editOf } from './changes';
import { keys } from '@/lib/query-keys';
import type { TaskList } from './lists';
import type { Fields, Task, TaskPage } from './model';
import { TaskStore } from './store';

const key = keys.list(query());
let client: QueryClient;
let store: TaskStore;

beforeEach(() => {
  client = new QueryClient();
  store = new TaskStore(client, () => HERE);
  client.setQueryData(key, list([['a', 'c']]));
});

const shown = () => titles(client.getQueryData<TaskList>(key) ?? list([]));
const edit = (id: number, fields: Fields): Change => ({
  kind: 'edit',
  scope: 'this',
  edits: [editOf(store.known(id) ?? task({ id }), fields)],
});
const complete = (id: number): Change => ({ kind: 'act', action: 'complete', ids: [id], scope: 'this' });
const seen = (id: number): Task => store.known(id) ?? task();

it('shows a change at once and forgets it when it fails', () => {
  const change = complete(1);
  store.begin(change);
  expect(shown()).toEqual([['c']]);
  store.settle(change, []);
  expect(shown()).toEqual([['a', 'c']]);
});

it('leaves a completed task in its place for a moment', () => {
  vi.useFakeTimers();
  const [create, change] = [creation({ title: 'b' }), complete(1)];
  store.begin(create);
  const done = complete(create.id);
  store.rest([1]);
  store.rest([create.id]);
  store.begin(change);
  store.begin(done);
  expect(shown()).toEqual([['a', 'b', 'c']]);
  expect(store.shown(1)).toMatchObject({ status: 'completed' });
  store.settle(create, [task({ id: 9, title: 'b' })]);
  store.settle(change, [{ ...seen(1), status: 'completed', version: 2 }]);
  expect(shown()).toEqual([['a', 'b', 'c']]);
  expect([store.isResting(1), store.isResting(9), store.isResting(2)]).toEqual([true, true, false]);
  vi.runAllTimers();
  expect(shown()).toEqual([['c']]);
  expect(store.isResting(9)).toBe(false);
  vi.useRealTimers();
});

it('keeps later changes when an earlier one is answered', () => {
  const [first, second] = [edit(1, { title: 'x' }), edit(1, { priority: 'High' })];
  store.begin(first);
  store.begin(second);
  store.settle(first, [{ ...seen(1), title: 'x', version: 2 }]);
  expect(client.getQueryData(keys.task(1))).toMatchObject({ title: 'x', priority: 'High', version: 2 });
  store.settle(second, [{ ...seen(1), priority: 'High', version: 3 }]);
  expect(client.getQueryData(keys.task(1))).toMatchObject({ title: 'x', priority: 'High', version: 3 });
});

it('lets a failed change go and keeps what came from elsewhere meanwhile', () => {
  const change = edit(1, { title: 'mine' });
  store.begin(change);
  store.receive({ ...seen(1), title: 'theirs', version: 2 });
  expect(shown()).toEqual([['c', 'mine']]);
  store.settle(change, []);
  expect(shown()).toEqual([['c', 'theirs']]);
});

it('shows a new task under a number of its own until the server has given one', () => {
  const change: Change = { kind: 'create', id: -1, key: 'k', task: { title: 'b' } };
  store.begin(change);
  expect(shown()).toEqual([['a', 'b', 'c']]);
  store.settle(change, [task({ id: 9, title: 'b' })]);
  expect(client.getQueryData<TaskList>(key)?.pages[0]?.items.map((item) => item.id)).toEqual([1, 9, 2]);
});

it('identifies a task in the same way before and after the server gives it its number', () => {
  const change: Change = { kind: 'create', id: -7, key: 'k', task: { title: 'b' } };
  store.begin(change);
  expect(store.keyOf(-7)).toBe(-7);
  store.settle(change, [task({ id: 9, title: 'b' })]);
  expect([store.keyOf(9), store.numberOf(-7), store.keyOf(1)]).toEqual([-7, 9, 1]);
  expect(store.shown(-7)).toMatchObject({ id: 9, title: 'b' });
});

it('shows a new task once that came from elsewhere before the answer', () => {
  const change: Change = { kind: 'create', id: -7, key: 'k', task: { title: 'b' } };
  store.begin(change);
  store.receive(task({ id: 9, title: 'b' }));
  store.settle(change, [task({ id: 9, title: 'b' })]);
  expect(shown()).toEqual([['a', 'b', 'c']]);
});

it('leaves new tasks where they stand among their equals when they get their numbers', () => {
  const due = query({ sort: 'due_date' });
  client.setQueryData(keys.list(due), list([[]]));
  const day = { due_date: '2026-03-12' };
  store.receive(task({ id: 3, title: 'old', ...day }));
  const [first, second] = [creation({ title: 'first', ...day }), creation({ title: 'second', ...day })];
  store.begin(first);
  store.begin(second);
  const rows = () => titles(client.getQueryData<TaskList>(keys.list(due)) ?? list([]));
  expect(rows()).toEqual([['old', 'first', 'second']]);
  store.settle(first, [task({ id: 4, title: 'first', ...day })]);
  expect(rows()).toEqual([['old', 'first', 'second']]);
  store.settle(second, [task({ id: 5, title: 'second', ...day })]);
  expect(rows()).toEqual([['old', 'first', 'second']]);
});

it('lays what is pending over a page that is loaded meanwhile', () => {
  store.begin(edit(2, { title: 'changed' }));
  store.begin(complete(1));
  const page = [task({ id: 1, title: 'a' }), task({ id: 2, title: 'c' })];
  expect(store.overlaidAll(page, query()).map((one) => one.title)).toEqual(['changed']);
});

it('keeps a change to a new task when the server gives it its number', () => {
  const create: Change = { kind: 'create', id: -1, key: 'k', task: { title: 'b' } };
  const done = complete(-1);
  store.begin(create);
  store.begin(done);
  expect(shown()).toEqual([['a', 'c']]);
  store.settle(create, [task({ id: 9, title: 'b' })]);
  expect(shown()).toEqual([['a', 'c']]);
  store.settle(done, [task({ id: 9, title: 'b', status: 'completed', version: 2 })]);
  expect(shown()).toEqual([['a', 'c']]);
  expect(client.getQueryData(keys.task(9))).toMatchObject({ status: 'completed', version: 2 });
  store.begin({ kind: 'act', action: 'reopen', ids: [-1], scope: 'this' }); // an undo still has the old number
  expect(shown()).toEqual([['a', 'b', 'c']]);
});

it('does not go back to what was asked for before a change was answered', () => {
  const change = complete(1);
  store.begin(change);
  store.settle(change, [{ ...seen(1), status: 'completed', version: 2 }]);
  store.receive(task({ id: 1, title: 'a', version: 1 }));
  expect(shown()).toEqual([['c']]);
});

it('knows of a task what a page that is loaded later says', () => {
  store.receive(task({ id: 1, title: 'a' }));
  store.overlaidAll([task({ id: 1, title: 'changed elsewhere', version: 5 })], query());
  expect(store.shown(1)).toMatchObject({ title: 'changed elsewhere', version: 5 });
  store.overlaidAll([task({ id: 1, title: 'asked for before', version: 4 })], query());
  expect(store.shown(1)).toMatchObject({ title: 'changed elsewhere', version: 5 });
});

it('shows a task that is not sent yet in a list that is loaded meanwhile', async () => {
  const [create, first] = [creation({ title: 'b' }), creation({ title: 'later', due_date: '2026-03-12' })];
  store.begin(create);
  store.begin(first);
  store.begin(complete(first.id));
  const load = (status: 'pending' | 'completed') =>
    client.infiniteQuery({
      queryKey: keys.list(query({ status })),
      initialPageParam: null,
      queryFn: () => ({ items: [], next_cursor: null, total: 0 }),
    });
  await load('pending');
  await load('completed');
  const loaded = (status: 'pending' | 'completed') =>
    titles(client.getQueryData<TaskList>(keys.list(query({ status }))) ?? list([]));
  expect(loaded('pending')).toEqual([['b']]);
  expect(loaded('completed')).toEqual([['later']]);
  store.settle(create, [task({ id: 9, title: 'b' })]);
  expect(loaded('pending')).toEqual([['b']]);
});

it('does not show a task twice that an earlier page may have made', () => {
  const again: Change = { ...creation({ title: 'a' }), again: true };
  store.begin(again);
  expect(shown()).toEqual([['a', 'c']]);
  store.settle(again, [task({ id: 1, title: 'a' })]);
  expect(shown()).toEqual([['a', 'c']]);
});

it('identifies a task of an earlier page by its number from the start', () => {
  const again: Change = { ...creation({ title: 'a' }), again: true };
  store.begin(again);
  const key = store.keyOf(1);
  store.settle(again, [task({ id: 1, title: 'a' })]);
  expect(store.keyOf(1)).toBe(key);
  expect(store.numberOf(again.id)).toBe(1);
});

it('loads a list again that was read before a task was made, and came after', async () => {
  const change = creation({ title: 'b' });
  const made = task({ id: 9, title: 'b' });
  const queryKey = keys.list(query({ sort: 'created_at' }));
  const answers: ((items: Task[]) => void)[] = [];
  const queryFn = () =>
    new Promise<TaskPage>((resolve) =>
      answers.push((items) => resolve({ items, next_cursor: null, total: items.length })),
    );
  const observer = new InfiniteQueryObserver(client, {
    queryKey,
    queryFn,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  const stop = observer.subscribe(() => undefined);
  store.begin(change);
  store.settle(change, [made]);
  answers[0]?.([]);
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  expect(titles(client.getQueryData<TaskList>(queryKey) ?? list([]))).toEqual([['b']]); // its row stays
  answers[1]?.([made]);
  await vi.waitFor(() => expect(titles(client.getQueryData<TaskList>(queryKey) ?? list([]))).toEqual([['b']]));
  expect(answers).toHaveLength(2);
  stop();
});

it('loads a list once again at most for a task that stands behind what is loaded of it', async () => {
  const change = creation({ title: 'z' });
  const made = task({ id: 9, title: 'z' });
  const queryKey = keys.list(query({ sort: 'title' }));
  const first = { items: [task({ id: 1, title: 'a' })], next_cursor: 'more', total: 2 };
  const answers: (() => void)[] = [];
  const observer = new InfiniteQueryObserver(client, {
    queryKey,
    queryFn: () => new Promise<TaskPage>((resolve) => answers.push(() => resolve(first))),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  const stop = observer.subscribe(() => undefined);
  client.setQueryData(keys.task(9), made);
  store.begin(change);
  store.settle(change, [made]);
  answers[0]?.();
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.();
  await vi.waitFor(() => expect(client.isFetching()).toBe(0));
  expect(answers).toHaveLength(2);
  stop();
});
