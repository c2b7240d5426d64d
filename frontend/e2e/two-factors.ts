/** Turns two-step sign-in on, and is the authenticator app. */
import { codeOf } from '../src/lib/auth/second-factor/codes';
import { violations } from './axe';
import { expect, PASSWORD, type Person } from './person';

const STEP_MS = 30_000;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function decoded(key: string): string {
  const bits = Array.from(key, (letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return (bits.match(/.{8}/g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 2))).join('');
}

/** Turns it on in the settings. Returns the key of the app, the step of the code that was used, and the recovery codes. */
export async function turnOn(person: Person): Promise<{ secret: string; step: number; recoveryCodes: string[] }> {
  const { page } = person;
  await person.open('settings?section=account');
  await page.getByRole('button', { name: 'Turn on…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Turn on two-step sign-in' });
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await expect(dialog.getByRole('img', { name: 'QR code' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const secret = decoded((await dialog.locator('code').innerText()).replace(/\s/g, ''));
  const step = Math.floor(Date.now() / STEP_MS);
  await dialog.getByLabel('Code', { exact: true }).fill('000000');
  await dialog.getByRole('button', { name: 'Turn on' }).click();
  await expect(dialog.getByRole('alert')).toContainText('This code is wrong');
  await dialog.getByLabel('Code', { exact: true }).fill(codeOf(secret, step));
  await dialog.getByRole('button', { name: 'Turn on' }).click();
  const codes = dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  expect(await violations(page)).toEqual([]);
  const recoveryCodes = await codes.allInnerTexts();
  await dialog.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByRole('button', { name: 'Turn off…' })).toBeVisible();
  return { secret, step, recoveryCodes };
}
