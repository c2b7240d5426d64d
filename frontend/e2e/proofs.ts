import type { Page } from '@playwright/test';
import { PASSWORD } from './person';

/** Answers one request as the server does when the last proof is more than ten minutes old. */
export async function askForProof(
  page: Page,
  path: string,
  code: 'PROOF_REQUIRED' | 'PASSWORD_REQUIRED',
): Promise<void> {
  const refused = { status: 428, json: { code, message: 'Confirm that it is you.' } };
  await page.route(`**/api/auth/${path}`, (route) => route.fulfill(refused), { times: 1 });
}

/** Enters the password that is asked for. */
export async function prove(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
}
