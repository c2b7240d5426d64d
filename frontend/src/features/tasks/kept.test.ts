import { beforeEach, expect, it, vi } from 'vitest';
import type { Change } from './changes';
import { drop, forgetKept, keep, renumber, takeKept } from './kept';

const create: Change = { kind: 'create', id: -2, key: 'k', task: { title: 'x' } };
const complete: Change = { kind: 'act', action: 'complete', ids: [-2, 5], scope: 'this' };
const held = new Set<string>();

beforeEach(() => {
  localStorage.clear();
  held.clear();
  const request = (name: string, options: unknown, run?: (lock: object | null) => unknown) =>
    Promise.resolve(run?.(held.has(name) ? null : {}));
  vi.stubGlobal('navigator', { locks: { request } });
});

/** As if the page that has kept something were closed, and another one opened. */
async function reopened(userId: string): Promise<Change[]> {
  for (const name of Object.keys(localStorage)) {
    const content = localStorage.getItem(name) ?? '';
    localStorage.removeItem(name);
    localStorage.setItem(name.replace(/ \S+$/, ' an earlier page'), content);
  }
  const taken: Change[] = [];
  await takeKept(userId, (change) => taken.push(change));
  return taken;
}

it('keeps what is not answered, in order, for each person', async () => {
  const key = keep('ann', create);
  keep('ann', complete);
  keep('bob', complete);
  drop('ann', key);
  keep('ann', create);
  expect(await reopened('ann')).toEqual([complete, create]);
  expect(await reopened('ann')).toEqual([]);
  expect(await reopened('bob')).toEqual([complete]);
});

it('leaves what another page is still sending', async () => {
  keep('ann', create);
  held.add('changes of ann an earlier page');
  expect(await reopened('ann')).toEqual([]);
});

it('has the number of a task that the server has made meanwhile', async () => {
  keep('ann', complete);
  renumber('ann', -2, 9);
  expect(await reopened('ann')).toEqual([{ ...complete, ids: [9, 5] }]);
});

it('forgets everything of everybody', () => {
  keep('ann', create);
  localStorage.setItem('other', 'stays');
  forgetKept();
  expect(Object.keys(localStorage)).toEqual(['other']);
});

it('goes on in a browser that keeps nothing', () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  expect(keep('ann', create)).toBeTruthy();
});
