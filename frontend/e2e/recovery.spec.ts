import { violations } from './axe';
import { linkFor } from './mails';
import { expect, PASSWORD, ready, test, webUrl } from './person';

const NEW_PASSWORD = 'another horse battery';

test('somebody who forgot their password chooses a new one', async ({ person, context }) => {
  const { page } = person;
  await context.clearCookies();
  await page.goto(`${webUrl()}/sign-in`);
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByLabel('E-mail').fill(person.email);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByRole('region', { name: 'Look at your mail' })).toBeFocused();
  await expect(page.getByText('make mail')).toBeVisible();

  await page.goto(await linkFor(person.email));
  await page.getByLabel('New password').fill('Password1');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByLabel('New password')).toBeFocused();
  await expect(page.getByLabel('New password')).toHaveAccessibleDescription(/guessed first/);
  expect(await violations(page)).toEqual([]);
  await page.getByLabel('New password').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('Your password is changed, and all devices are signed out.')).toBeVisible();
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/today');
});

test('a link without its token says what to do', async ({ page }) => {
  await page.goto(`${webUrl()}/reset-password`);
  await page.getByLabel('New password').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('This link has been used')).toBeVisible();
  await page.getByRole('link', { name: 'Ask for a new link' }).click();
  await page.waitForURL('**/forgot-password');
});

test('somebody changes their password in the settings and stays signed in', async ({ person }) => {
  const { page } = person;
  await person.open('settings?section=account');
  await page.getByRole('button', { name: 'Change the password…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the password' });
  await dialog.getByLabel('Current password').fill('not the password');
  await dialog.getByLabel('New password').fill(NEW_PASSWORD);
  await dialog.getByRole('button', { name: 'Change the password' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('The current password is wrong.');
  expect(await violations(page)).toEqual([]);
  await dialog.getByLabel('Current password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('Your password is changed')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Change the password…' })).toBeFocused();
  await person.open('all');
  await person.add('Still here');
  await expect(person.title('Still here')).toBeVisible();
});

test('somebody signs another device out', async ({ person, browser }) => {
  const other = await browser.newContext({
    userAgent: 'Mozilla/5.0 (X11; Linux x64; rv:140.0) Gecko/20100101 Firefox/140.0',
  });
  const page = await other.newPage();
  await page.goto(`${webUrl()}/sign-in`);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/today');
  await ready(page);

  await person.open('settings?section=account');
  const devices = person.page.getByRole('region', { name: 'Devices' });
  await expect(devices.getByRole('listitem')).toHaveCount(2);
  await expect(devices.getByRole('listitem').first()).toContainText('This device');
  expect(await violations(person.page)).toEqual([]);
  await devices.getByRole('button', { name: 'Sign out Firefox on Linux' }).click();
  await expect(devices.getByRole('listitem')).toHaveCount(1);
  await expect(devices.getByRole('heading', { name: 'Devices' })).toBeFocused();
  await page.reload();
  await page.waitForURL('**/sign-in*');
  await other.close();
});
