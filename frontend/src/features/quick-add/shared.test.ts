import { expect, it } from 'vitest';
import { sharedText } from './shared';

it.each([
  [['A page', 'worth reading', 'https://example.com/a'], 'A page worth reading https://example.com/a'],
  [['A page', 'A page https://example.com/a', ''], 'A page https://example.com/a'],
  [['', 'https://example.com/a', 'https://example.com/a'], 'https://example.com/a'],
  [['', 'two\r\n  lines\u2028of it', ''], 'two lines of it'],
  [['', ' ', ''], ''],
])('reads %j', (parts, expected) => {
  expect(sharedText(parts)).toBe(expected);
});

it('is bounded', () => {
  expect(sharedText(['x'.repeat(50_000), 'y'.repeat(50_000)])).toHaveLength(10_000);
});
