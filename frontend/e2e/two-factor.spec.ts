/** Two-step sign-in in the page: turned on, asked for, and turned off. */
import type { Page } from '@playwright/test';
import { codeOf } from '../src/lib/auth/second-factor/codes';
import { violations } from './axe';
import { expect, PASSWORD, test, webUrl } from './person';
import { turnOn } from './two-factors';

async function enterPassword(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible();
}

test('a sign-in asks for a code, and it is turned off with one', async ({ person, context }) => {
  const { page } = person;
  const { secret, step, recoveryCodes } = await turnOn(person);
  await context.clearCookies();
  await page.goto(`${webUrl()}/sign-in?back=${encodeURIComponent('/settings?section=account')}`);
  await enterPassword(page, person.email);
  expect(await violations(page)).toEqual([]);
  const field = page.getByLabel('Code', { exact: true });
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute('autocomplete', 'one-time-code');
  await field.fill(codeOf(secret, step));
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('This code has been used')).toBeVisible();
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.getByLabel('Recovery code').fill(recoveryCodes[0] ?? '');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL('**/settings?section=account');

  await page.getByRole('button', { name: 'Turn off…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Turn off two-step sign-in' });
  expect(await violations(page)).toEqual([]);
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByLabel('Code', { exact: true }).fill(codeOf(secret, step + 1));
  await dialog.getByRole('button', { name: 'Turn off' }).click();
  await expect(page.getByRole('button', { name: 'Turn on…' })).toBeVisible();
});
