import { expect, signUp, test, webUrl } from './person';

test('Escape leaves the field and keeps its text, a reload keeps it too, and a button empties it', async ({
  person,
}) => {
  const { page } = person;
  await person.open('all');
  const input = page.getByLabel('New task');
  await input.fill('Call mom tomorrow');
  await input.press('Escape');
  await expect(input).toHaveValue('Call mom tomorrow');
  await expect(page.locator('#main')).toBeFocused();
  await person.open('today');
  await expect(input).toHaveValue('Call mom tomorrow');
  await page.getByRole('button', { name: 'Clear the text' }).click();
  await expect(input).toBeFocused();
  await expect(input).toHaveValue('');
  await page.reload();
  await expect(input).toHaveValue('');
});

test('a draft comes back to the account that typed it, and to no other', async ({ person, browser }) => {
  const { page } = person;
  const input = page.getByLabel('New task');
  await input.fill('A ring for Bob');
  await page.context().clearCookies(); // the session ends elsewhere
  await page.goto(`${webUrl()}/all`);
  await person.signIn();
  await expect(input).toHaveValue('A ring for Bob');
  await person.signOut();
  await page.waitForURL('**/sign-in*');
  expect(await page.evaluate(() => sessionStorage.getItem('quick-add'))).toBeNull();
  await person.signIn();
  await expect(input).toHaveValue('');
  await input.fill('Another ring');
  await page.context().clearCookies();
  const other = await signUp(await browser.newPage());
  const [context] = [page.context(), await page.goto(`${webUrl()}/all`)];
  await context.addCookies(await other.page.context().cookies());
  await page.goto(`${webUrl()}/all`);
  await expect(page.getByRole('heading', { name: 'All' })).toBeVisible();
  await expect(input).toHaveValue('');
  await other.page.close();
});

test.describe('on a phone', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 740 } });

  test('a button opens quick-add in a sheet; Back closes it and keeps what was typed', async ({ person }) => {
    const { page } = person;
    await person.open('all');
    const plus = page.getByRole('button', { name: 'Add a task' }).first();
    const sheet = page.getByRole('dialog', { name: 'New task' });
    const input = sheet.getByRole('textbox');
    const box = await plus.boundingBox();
    expect([box?.width, box?.height]).toEqual([56, 56]);
    await plus.tap();
    await expect(input).toBeFocused();
    await page.keyboard.type('Call mom tomorrow at 5');
    await expect(sheet.getByRole('list', { name: 'Understood' })).toBeVisible();
    await page.goBack();
    await expect(sheet).toHaveCount(0);
    await expect(page.getByRole('heading', { name: 'All' })).toBeVisible();
    await plus.tap();
    await expect(input).toHaveValue('Call mom tomorrow at 5');
    await sheet.getByRole('button', { name: /Now: .*17:00/ }).tap();
    await page.getByRole('menuitemradio', { name: /05:00/ }).tap();
    await input.press('Enter');
    await expect(input).toHaveValue('');
    await expect(input).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
    await expect(plus).toBeFocused();
    await expect
      .poll(() => person.api('GET', '/tasks'))
      .toMatchObject({ items: [{ title: 'Call mom', due_date: expect.stringMatching(/T04:00/) }] });
  });

  test('what another app shares is in the open sheet, and nothing is added', async ({ person }) => {
    const { page } = person;
    await page.goto(`${webUrl()}/today?title=A+page&text=to+read%0Atoday&url=https%3A%2F%2Fexample.com`);
    const input = page.getByRole('dialog', { name: 'New task' }).getByRole('textbox');
    await expect(input).toBeFocused();
    await expect(input).toHaveValue('A page to read today https://example.com');
    expect(page.url()).not.toContain('example.com');
    expect(await person.api('GET', '/tasks')).toMatchObject({ items: [] });
  });
});

test('links of the installed page open quick-add with what is shared after what was typed, and the search', async ({
  person,
}) => {
  const { page } = person;
  const input = page.getByLabel('New task');
  await input.fill('Read');
  await page.goto(`${webUrl()}/today?text=https%3A%2F%2Fexample.com`);
  await expect(input).toHaveValue('Read https://example.com');
  await expect(input).toBeFocused();
  await page.reload();
  await expect(input).toHaveValue('Read https://example.com');
  await page.goto(`${webUrl()}/today?add=open`);
  await expect(input).toBeFocused();
  await page.goto(`${webUrl()}/today?palette=open`);
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  const manifest = (await (await page.request.get(`${webUrl()}/manifest.webmanifest`)).json()) as {
    shortcuts: { url: string }[];
    share_target: unknown;
  };
  expect(manifest.shortcuts.map(({ url }) => url)).toEqual(['/today?add=open', '/today', '/today?palette=open']);
  expect(manifest.share_target).toMatchObject({ action: '/today', method: 'GET' });
});
