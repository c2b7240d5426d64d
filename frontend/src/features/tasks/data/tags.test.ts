import { expect, it } from 'vitest';
import { retagged, tintOf } from './tags';

it('gives a tag the same colour in every spelling', () => {
  expect(tintOf('Café')).toBe(tintOf('cafe\u0301'));
  expect(tintOf('WORK')).toBe(tintOf('work'));
});

it('takes the chosen colour, in every spelling', () => {
  expect(tintOf('Café', { café: 'lime' })).toBe('bg-tag-10');
  expect(tintOf('tea', { café: 'lime' })).toBe(tintOf('tea'));
});

it('puts a new name of a tag in its place, and no tag twice', () => {
  expect(retagged(['a', 'Work', 'z'], ['job'], ['work'])).toEqual(['a', 'job', 'z']);
  expect(retagged(['work', 'a', 'job'], ['job'], ['work'])).toEqual(['a', 'job']);
  expect(retagged(['work'], ['Work'], ['work'])).toEqual(['Work']);
  expect(retagged(['a'], ['b'], [])).toEqual(['a', 'b']);
});

it('gives tags different colours', () => {
  const tags = ['work', 'home', 'health', 'errands', 'family', 'garden', 'school', 'money', 'travel', 'music'];
  expect(new Set(tags.map((tag) => tintOf(tag))).size).toBeGreaterThan(4);
});
