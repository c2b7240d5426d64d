import { describe, expect, it } from 'vitest';
import { task } from '@/testing/tasks';
import { contested, joined, type Versions } from './conflict';

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

it('is none about tags: they are merged', () => {
  expect(contested({ tags: [] }, task({ tags: ['home'] }), { tags: ['home', 'work'] })).toEqual([]);
});

describe('an open conflict', () => {
  const open: Versions = {
    theirs: task({ title: 'Buy oat milk', priority: 'High' }),
    mine: { title: 'Buy rice milk', priority: 'Low' },
    base: seen,
    fields: ['title', 'priority'],
  };

  it('takes in what is changed here since', () => {
    const now = joined(open, { title: 'Buy soy milk', tags: ['home'] }, { title: 'Buy rice milk', tags: [] });
    expect(now.mine).toEqual({ title: 'Buy soy milk', priority: 'Low', tags: ['home'] });
    expect(now.fields).toEqual(['title', 'priority']);
  });

  it('is over for a field that is changed to the other value, or back', () => {
    expect(joined(open, { title: 'Buy oat milk' }, {})).toMatchObject({
      mine: { priority: 'Low' },
      fields: ['priority'],
    });
    expect(joined(open, { ...seen }, {})).toMatchObject({ mine: {}, fields: [] });
  });
});
