import { expect, it } from 'vitest';
import { safePath } from './safe-path';

it('leads back to paths of ours', () => {
  expect(safePath('/upcoming?task=3')).toBe('/upcoming?task=3');
});

it.each([
  '//evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '',
  null,
  undefined,
])('leads from %s to today', (path) => {
  expect(safePath(path)).toBe('/today');
});
