import { expect, it } from 'vitest';
import { task } from '@/testing/tasks';
import { contested } from './conflict';

const seen = { title: 'Buy milk', priority: 'Medium' } as const;

it('is about fields that both changed to something else', () => {
  expect(contested(seen, task({ title: 'Buy oat milk' }), { title: 'Buy rice milk' })).toEqual(['title']);
});

it('is none when each changed something of their own', () => {
  expect(contested(seen, task({ description: 'two litres' }), { title: 'Buy rice milk' })).toEqual([]);
});

it('is none when both want the same', () => {
  expect(contested(seen, task({ title: 'Buy oat milk' }), { title: 'Buy oat milk' })).toEqual([]);
});
