import { describe, expect, it } from 'vitest';
import { HERE, list, query, task, titles } from '@/testing/tasks';
import { belongs, compare, place, without } from './lists';
import type { Sort, Status } from '@/lib/views';
import type { Task } from './model';

describe('what belongs into a list', () => {
  const timed = (due_date: string) => task({ due_date });
  it.each<[Status, Task, boolean]>([
    ['today', timed('2026-03-10'), true],
    ['today', timed('2026-03-10T22:59:00Z'), true],
    ['today', timed('2026-03-10T23:01:00Z'), false], // tomorrow in Berlin
    ['today', timed('2026-03-09T23:30:00Z'), true], // already the 10th there
    ['today', task({ due_date: '2026-03-10', status: 'completed' }), false],
    ['overdue', timed('2026-03-10T10:59:00Z'), true],
    ['overdue', timed('2026-03-10T11:01:00Z'), false],
    ['overdue', timed('2026-03-09'), true],
    ['overdue', timed('2026-03-10'), false],
    ['upcoming', timed('2026-03-10'), true],
    ['upcoming', timed('2026-03-10T10:59:00Z'), false],
    ['upcoming', task(), false],
    ['due', timed('2026-03-09'), true],
    ['due', timed('2026-03-10T10:59:00Z'), true],
    ['due', timed('2026-03-10T22:59:00Z'), true],
    ['due', timed('2026-03-10T23:00:00Z'), false], // tomorrow at 00:00 in Berlin
    ['due', timed('2026-03-11'), false],
    ['due', task({ due_date: '2026-03-10', status: 'completed' }), false],
    ['due', task(), false],
    ['dated', timed('2026-03-09'), true],
    ['dated', timed('2027-03-09'), true],
    ['dated', task(), false],
    ['pending', task(), true],
    ['completed', task({ status: 'completed' }), true],
    ['deleted', task({ status: 'deleted' }), true],
    ['all', task({ status: 'completed' }), true],
    ['all', task({ status: 'deleted' }), false],
  ])('%s', (status, one, expected) => {
    expect(belongs(one, query({ status }), HERE)).toBe(expected);
  });

  it('fits the filters', () => {
    const one = task({ priority: 'High', tags: ['home'] });
    expect(belongs(one, query({ priority: ['High', 'Low'], tags: ['home', 'work'] }), HERE)).toBe(true);
    expect(belongs(one, query({ priority: ['Low'] }), HERE)).toBe(false);
    expect(belongs(one, query({ tags: ['work'] }), HERE)).toBe(false);
  });
});

describe('the order of a list', () => {
  const [a, b] = [task({ id: 1 }), task({ id: 2 })];
  it.each<[Sort, Task, Task]>([
    ['due_date', { ...a, due_date: '2026-03-10' }, { ...b, due_date: '2026-03-10T08:00:00Z' }],
    ['due_date', { ...a, due_date: '2027-01-01' }, b],
    ['priority', { ...a, priority: 'High' }, { ...b, priority: 'Low' }],
    ['created_at', { ...b, created_at: '2026-03-02T00:00:00Z' }, a],
    ['title', { ...a, title: 'apple' }, { ...b, title: 'Banana' }],
    ['title', { ...b, title: 'Äpfel' }, { ...a, title: 'banana' }],
    ['title', { ...b, title: '9 lives' }, { ...a, title: '10 lives' }],
    ['title', a, b],
    ['updated_at', b, a],
    // Without a server number: the newest, regardless of the browser's clock.
    ['created_at', { ...a, id: -5, created_at: '2020-01-01T00:00:00Z' }, b],
    ['created_at', { ...a, id: -6 }, { ...a, id: -5 }],
    ['title', b, { ...a, id: -6 }],
    ['title', { ...a, id: -5 }, { ...a, id: -6 }],
  ])('by %s', (sort, first, second) => {
    expect(compare(first, second, sort)).toBeLessThan(0);
    expect(compare(second, first, sort)).toBeGreaterThan(0);
  });
});

describe('placing a task', () => {
  const pages = list([
    ['a', 'c'],
    ['e', 'g'],
  ]);
  const at = (title: string, id = 9) => place(pages, query(), task({ id, title }), HERE);

  it('puts it where it belongs, and counts it', () => {
    expect(titles(at('b'))).toEqual([
      ['a', 'b', 'c'],
      ['e', 'g'],
    ]);
    expect(titles(at('d'))).toEqual([
      ['a', 'c'],
      ['d', 'e', 'g'],
    ]);
    expect(titles(at('h'))).toEqual([
      ['a', 'c'],
      ['e', 'g', 'h'],
    ]);
    expect(at('b').pages.map((page) => page.total)).toEqual([5, 5]);
  });

  it('leaves what comes behind all that is loaded to its own page', () => {
    const open = list([['a', 'c']], { complete: false });
    const placed = place(open, query(), task({ id: 9, title: 'z' }), HERE);
    expect(titles(placed)).toEqual([['a', 'c']]);
    expect(placed.pages[0]?.total).toBe(3);
  });

  it('moves it when it has changed', () => {
    expect(titles(at('f', 1))).toEqual([['c'], ['e', 'f', 'g']]);
    expect(at('f', 1).pages[0]?.total).toBe(4);
  });

  it('takes it out when it belongs no more', () => {
    const placed = place(pages, query(), task({ id: 3, status: 'completed' }), HERE);
    expect(titles(placed)).toEqual([['a', 'c'], ['g']]);
    expect(placed.pages[0]?.total).toBe(3);
  });

  it('leaves a list alone that it has nothing to do with', () => {
    expect(place(pages, query({ status: 'deleted' }), task({ id: 9 }), HERE)).toBe(pages);
    expect(without(pages, 99)).toBe(pages);
  });

  it('keeps the order of a search, which the server alone knows', () => {
    const found = query({ q: 'x', status: 'all' });
    expect(titles(place(pages, found, task({ id: 1, title: 'z' }), HERE))).toEqual([
      ['z', 'c'],
      ['e', 'g'],
    ]);
    expect(place(pages, found, task({ id: 9, title: 'x' }), HERE)).toBe(pages);
  });
});
