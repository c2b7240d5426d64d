// @vitest-environment node
import { expect, it } from 'vitest';
import { logLine } from './log';

it('is one line without control characters, whatever it is about', () => {
  const text = 'a\r\nb\u001b[2J\u007f\u009b31m\u2028c';
  const line = logLine('warning', 'console', { message: text });
  expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  expect(JSON.parse(line)).toMatchObject({ service: 'frontend', level: 'warning', message: text });
});
