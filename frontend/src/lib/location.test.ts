import { beforeEach, expect, it } from 'vitest';
import { go, openMenu, openTask, setParameters } from './location';

const here = () => window.location.pathname + window.location.search;

function traversed(move: () => void): Promise<unknown> {
  const arrived = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
  move();
  return arrived;
}

const back = () => traversed(() => window.history.back());
const forward = () => traversed(() => window.history.forward());
const closed = () => traversed(() => openTask(null));

/** jsdom keeps one history for all tests of a file, so each test starts at its own view. */
let start: string;
let count = 0;

beforeEach(() => {
  start = `/view${++count}`;
  go(start);
});

it('closes a task by Back, and opens it again by Forward', async () => {
  openTask(1);
  expect(here()).toBe(`${start}?task=1`);
  await back();
  expect(here()).toBe(start);
  await forward();
  expect(here()).toBe(`${start}?task=1`);
});

it('has one entry however many tasks are opened and closed', async () => {
  const length = window.history.length;
  openTask(1);
  openTask(2);
  openTask(3);
  await closed();
  openTask(4);
  await closed();
  expect(here()).toBe(start);
  expect(window.history.length).toBe(length + 1);
});

it('keeps a filter that was set while a task was open', async () => {
  openTask(1);
  setParameters({ priority: ['High'] });
  await closed();
  expect(here()).toBe(`${start}?priority=High`);
});

it('closes a task in place that an address has opened', () => {
  go(`${start}?task=1`);
  const length = window.history.length;
  openTask(null);
  expect(here()).toBe(start);
  expect(window.history.length).toBe(length);
});

it('opens a task that is asked for while another one closes', async () => {
  openTask(1);
  const arrived = closed();
  openTask(2);
  await arrived;
  expect(here()).toBe(`${start}?task=2`);
});

it('leaves no entry with the open menu behind', async () => {
  openMenu(true);
  go('/elsewhere');
  expect(here()).toBe('/elsewhere');
  await back();
  expect(here()).toBe(start);
});
