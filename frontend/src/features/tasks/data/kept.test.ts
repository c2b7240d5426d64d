import { beforeEach, expect, it, vi } from 'vitest';
import type { Change } from './changes';
import { countKept, drop, forgetKept, keep, numberGiven, renumber, takeKept } from './kept';

const create: Change = { kind: 'create', id: -2, key: 'k', task: { title: 'x' } };
const complete: Change = { kind: 'act', action: 'complete', ids: [-2, 5], scope: 'this' };
/** The locked lists of open pages, with the callback that waits for the lock. */
const held = new Map<string, () => void>();

beforeEach(() => {
  localStorage.clear();
  held.clear();
  const request = (name: string, run: () => void) => (held.has(name) ? held.set(name, run) : run());
  vi.stubGlobal('navigator', { locks: { request } });
});

/** Simulates closing the page that stored changes, and opening another. Returns the changes that it takes over. */
function reopened(userId: string): Change[] {
  for (const name of Object.keys(localStorage)) {
    const content = localStorage.getItem(name) ?? '';
    localStorage.removeItem(name);
    localStorage.setItem(name.replace(/ \S+$/, ' an earlier page'), content);
  }
  const taken: Change[] = [];
  takeKept(userId, (change) => taken.push(change));
  return taken;
}

it('keeps what is not answered, in order, for each person', () => {
  const key = keep('ann', create);
  keep('ann', complete);
  keep('bob', complete);
  drop('ann', key);
  keep('ann', create);
  expect(reopened('ann')).toEqual([complete, create]);
  expect(reopened('ann')).toEqual([]);
  expect(reopened('bob')).toEqual([complete]);
});

it('leaves what another page is still sending, until that is closed', () => {
  keep('ann', create);
  const name = 'changes of ann an earlier page';
  held.set(name, () => undefined);
  const taken = reopened('ann');
  expect(taken).toEqual([]);
  held.get(name)?.();
  expect(taken).toEqual([create]);
});

it('has the number of a task that the server has made meanwhile', () => {
  keep('ann', complete);
  renumber('ann', -2, 9);
  expect(reopened('ann')).toEqual([{ ...complete, ids: [9, 5] }]);
  expect([numberGiven(-2), numberGiven(-3)]).toEqual([9, null]);
});

it('counts and forgets what a person has, in whatever page, and nobody else', () => {
  keep('ann', create);
  localStorage.setItem('changes of ann another page', JSON.stringify([{ key: 'k', change: complete }]));
  keep('anna', complete);
  localStorage.setItem('other', 'stays');
  expect(countKept('ann')).toBe(2);
  forgetKept('ann');
  expect(countKept('ann')).toBe(0);
  expect(countKept('anna')).toBe(1);
  expect(localStorage.getItem('other')).toBe('stays');
});

it('goes on in a browser that keeps nothing', () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  expect(keep('ann', create)).toBeTruthy();
});
