// @vitest-environment node
import { createOTP } from '@better-auth/utils/otp';
import { expect, it } from 'vitest';
import { codeOf, stepOf } from './codes';

const SECRET = 'a secret of the tests';

it('computes the codes that Better Auth accepts', async () => {
  for (const step of [0, 1, 59_000_000]) expect(codeOf(SECRET, step)).toBe(await createOTP(SECRET).hotp(step));
});

it('accepts a code for one step before and after', () => {
  const now = 100 * 30_000;
  for (const step of [99, 100, 101]) expect(stepOf(SECRET, codeOf(SECRET, step), now)).toBe(step);
  for (const step of [98, 102]) expect(stepOf(SECRET, codeOf(SECRET, step), now)).toBeNull();
  expect(stepOf(SECRET, '', now)).toBeNull();
});
