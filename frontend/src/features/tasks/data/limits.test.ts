import { expect, it } from 'vitest';
import { tooLong, tooMany } from './limits';

it('counts characters as the API does', () => {
  expect(tooLong('Title', 'x'.repeat(200))).toBeNull();
  expect(tooLong('Title', '🎉'.repeat(200))).toBeNull();
  expect(tooLong('Title', 'x'.repeat(201))).toBe('Title too long: 201 characters, at most 200 are possible.');
  expect(tooLong('Description', 'x'.repeat(10_001))).toMatch('at most 10,000');
});

it('counts reminders and tags', () => {
  const task = { reminders: Array(11).fill({}), tags: Array(20).fill('') };
  expect(tooMany(task, 'tags')).toBeNull();
  expect(tooMany(task, 'tags', 'reminders')).toBe('Too many reminders: 11, at most 10 are possible.');
});
