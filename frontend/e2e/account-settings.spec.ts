/** The account in the settings: its address, its data, and access tokens. */
import { execFileSync } from 'node:child_process';
import { codeOf } from '../src/lib/auth/second-factor/codes';
import { violations } from './axe';
import { linkFor } from './mails';
import { expect, PASSWORD, test, webUrl } from './person';
import { askForProof } from './proofs';
import { turnOn } from './two-factors';

test('the address is changed by a link to the new one', async ({ person, context }) => {
  const { page } = person;
  const email = `new-${person.email}`;
  await person.open('settings?section=account');
  await page.getByRole('button', { name: 'Change e-mail address…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change e-mail address' });
  await expect(dialog.getByLabel('New address')).toBeFocused();
  await dialog.getByLabel('New address').fill(email);
  await dialog.getByLabel('Password').fill('a guess of mine');
  await dialog.getByRole('button', { name: 'Send the link' }).click();
  await expect(dialog.getByRole('alert')).toContainText('The password is wrong');
  expect(await violations(page)).toEqual([]);
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Send the link' }).click();
  await expect(dialog.getByRole('status')).toContainText(email);
  await dialog.getByRole('button', { name: 'Done' }).click();

  await page.goto(await linkFor(email));
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Use this address' }).click();
  await expect(page.getByRole('status')).toContainText('has this address now');
  await page.getByRole('link', { name: 'Open the settings' }).click();
  await expect(page.getByText(email, { exact: true }).first()).toBeVisible();
  await context.clearCookies();
  await page.goto(`${webUrl()}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/today');
});

test('everything is downloaded, after a proof if two-step sign-in is on', async ({ person }) => {
  const { page } = person;
  const { secret, step } = await turnOn(person);
  await person.open('today');
  await person.add('Water the plants');
  await person.open('settings?section=account');
  await askForProof(page, 'account-statement', 'PROOF_REQUIRED');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByLabel('Code', { exact: true }).fill(codeOf(secret, step + 1));
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^todo-\d{4}-\d\d-\d\d\.zip$/);
  const list = `import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read('tasks.json').decode())`;
  expect(execFileSync('python3', ['-c', list, await file.path()], { encoding: 'utf8' })).toContain('Water the plants');
});

test('an access token is shown once, and can be deleted', async ({ person }) => {
  const { page } = person;
  await person.open('settings?section=apps');
  await page.getByRole('button', { name: 'New token…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New access token' });
  await dialog.getByLabel('Name').fill('Backup script');
  await dialog.getByLabel('Access').selectOption('See and change tasks');
  await dialog.getByLabel('Password').fill(PASSWORD);
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Create' }).click();
  const token = await dialog.locator('code').innerText();
  expect(token).toMatch(/^todo_pat_[\w-]{43}$/);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog.locator('code'), 'it is not shown again').toHaveText(token);
  await dialog.getByRole('button', { name: 'Done' }).click();
  const entry = page.getByRole('listitem').filter({ hasText: 'Backup script' });
  await expect(entry).toContainText('not used yet');
  const exchange = () =>
    fetch(`${webUrl()}/api/auth/access-tokens/exchange`, { headers: { Authorization: `Bearer ${token}` } });
  expect((await exchange()).status).toBe(200);
  await page.getByRole('button', { name: 'Delete Backup script' }).click();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.getByRole('button', { name: 'Delete the token' }).click();
  await expect(entry).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Access tokens' })).toBeFocused();
  expect((await exchange()).status).toBe(401);
});

test('with two-step sign-in, a form that has the password asks for the code alone', async ({ person }) => {
  const { page } = person;
  const { secret, step } = await turnOn(person);
  await person.open('settings?section=apps');
  await askForProof(page, 'access-tokens/create', 'PROOF_REQUIRED');
  await page.getByRole('button', { name: 'New token…' }).click();
  const form = page.getByRole('dialog', { name: 'New access token' });
  await form.getByLabel('Name').fill('Backup script');
  await form.getByLabel('Password').fill(PASSWORD);
  await form.getByRole('button', { name: 'Create' }).click();
  const proof = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await expect(proof.getByLabel('Password')).toHaveCount(0);
  await proof.getByLabel('Code', { exact: true }).fill(codeOf(secret, step + 1));
  await proof.getByRole('button', { name: 'Confirm' }).click();
  await expect(form.locator('code')).toHaveText(/^todo_pat_/);
});
