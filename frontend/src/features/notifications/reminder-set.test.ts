import { MutationObserver, QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { type Change, creation } from '@/features/tasks/data/changes';
import { SENDING } from '@/lib/query-keys';
import { task } from '@/testing/tasks';
import { onReminderSet } from './reminder-set';

const REMINDERS = [{ minutes_before: 10 }];

/** Sends a change and returns how often a reminder was said to be set. */
async function count(change: Change, made = task(), mutationKey: readonly unknown[] = SENDING): Promise<number> {
  const client = new QueryClient();
  let times = 0;
  onReminderSet(client, () => (times += 1));
  const mutationFn = () => Promise.resolve({ tasks: [made], failures: [] });
  await new MutationObserver(client, { mutationKey, mutationFn }).mutate({ change, quiet: false } as never);
  return times;
}

function edit(fields: object): Change {
  return { kind: 'edit', edits: [{ id: 1, version: 1, fields, base: {} }], scope: 'this' };
}

it('is told of a task that is created with a reminder, also when the server has read it in the text', async () => {
  expect(await count(creation({ title: 'Call mum tomorrow remind 10m' }), task({ reminders: REMINDERS }))).toBe(1);
  expect(await count(creation({ title: 'Call mum' }))).toBe(0);
});

it('is told of a reminder that is added, and of no other change of a task that has one', async () => {
  const made = task({ reminders: REMINDERS });
  expect(await count(edit({ reminders: REMINDERS }), made)).toBe(1);
  expect(await count(edit({ reminders: [] }))).toBe(0);
  expect(await count(edit({ title: 'Call dad' }), made)).toBe(0);
  expect(await count({ kind: 'act', action: 'complete', ids: [1], scope: 'this' }, made)).toBe(0);
  expect(await count(edit({ reminders: REMINDERS }), made, ['another'])).toBe(0);
});
