import { LONG_PASSWORD, MIN_PASSWORD } from './password-rules';

let common: Promise<ReadonlySet<string>> | undefined;

/** Whether a short password is one of those that are guessed first. The list is loaded when it is first needed. */
export async function isCommon(password: string): Promise<boolean> {
  if (password.length < MIN_PASSWORD || password.length >= LONG_PASSWORD) return false;
  common ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common']));
  return (await common).has(password.toLowerCase());
}
