// @vitest-environment node
import { expect, it } from 'vitest';
import { isCommon } from './common-passwords';

it.each(['password', 'Password1', 'QWERTYUIOP', 'iloveyou', '12345678'])('refuses %s', async (password) => {
  expect(await isCommon(password)).toBe(true);
});

it.each(['heron-47', 'correct horse battery', 'passwordpassword'])('takes %s', async (password) => {
  expect(await isCommon(password)).toBe(false);
});
