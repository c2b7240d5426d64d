import { expect, it } from 'vitest';
import { explainUnsent, type Opened, openedBy, pathTo, tagOf } from './opened';

const OPENED: Opened = { userId: 'ann', taskId: 12, notificationId: 'b3', unsent: null };

function query(path: string): URLSearchParams {
  return new URL(path, 'http://localhost').searchParams;
}

it.each<Opened>([
  OPENED,
  { ...OPENED, taskId: null },
  { ...OPENED, userId: 'a/b?c', unsent: { action: 'soon', reason: 'offline' } },
  { ...OPENED, unsent: { action: 'done', reason: 'other-account' } },
])('is the same after its way through a URL: %o', (opened) => {
  expect(openedBy(query(pathTo(opened)))).toEqual(opened);
});

it.each(['/today', '/today?of=ann', '/today?of=&notification=b3', '/today?reminder=12'])('is not in %s', (path) => {
  expect(openedBy(query(path))).toBeNull();
});

it.each(['done', 'done.', 'done.hurry up and call 555', 'toString.offline', 'done.toString', '.offline'])(
  'shows no text of a link: %s',
  (unsent) => {
    expect(openedBy(query(`/today?of=ann&notification=b3&reminder=x&unsent=${unsent}`))).toEqual({
      ...OPENED,
      taskId: null,
    });
  },
);

it('says what was not saved, and why', () => {
  expect(explainUnsent({ action: 'done', reason: 'gone' })).toBe(
    '“Done” was not saved: the task is not there any more.',
  );
  expect(explainUnsent({ action: 'soon', reason: 'other-account' })).toMatch(
    /^“10 minutes” was not saved\. The reminder/,
  );
});

it('replaces an earlier reminder of the same task', () => {
  expect(tagOf(12, 'b3')).toBe(tagOf(12, 'c4'));
  expect(tagOf(null, 'b3')).not.toBe(tagOf(null, 'c4'));
});
