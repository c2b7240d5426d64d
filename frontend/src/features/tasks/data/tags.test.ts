import { expect, it } from 'vitest';
import { tintOf } from './tags';

it('gives a tag the same colour in every spelling', () => {
  expect(tintOf('Café')).toBe(tintOf('cafe\u0301'));
  expect(tintOf('WORK')).toBe(tintOf('work'));
});

it('gives tags different colours', () => {
  const tags = ['work', 'home', 'health', 'errands', 'family', 'garden', 'school', 'money', 'travel', 'music'];
  expect(new Set(tags.map(tintOf)).size).toBeGreaterThan(4);
});
