import { violations } from './axe';
import { expect, PASSWORD, test } from './person';

test('an account is deleted in seven days, unless one keeps it', async ({ person }) => {
  const { page } = person;
  await person.open('settings?section=account');
  await page.getByRole('button', { name: 'Delete the account…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete the account' });
  await dialog.getByLabel('Password').fill('a guess of mine');
  await dialog.getByRole('button', { name: 'Delete in seven days' }).click();
  await expect(dialog.getByRole('alert')).toContainText('wrong');
  expect(await violations(page)).toEqual([]);
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Delete in seven days' }).click();
  await expect(dialog).toHaveCount(0);
  const said = page.getByText(/^Your account will be deleted on \d/);
  await expect(said).toBeVisible();
  await page.reload();
  await expect(said).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Keep the account' }).click();
  await expect(said).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Delete the account…' })).toBeVisible();
});
