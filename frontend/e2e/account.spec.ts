import { expect, PASSWORD, signUp, test, webUrl } from './person';

test('somebody signs up, out and in again, and comes back to where they were', async ({ person }) => {
  const { page } = person;
  await person.add('Mine');
  await person.open('all');
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in?back=*');
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill('not this one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /invalid/i })).toBeVisible();
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname === '/all');
  await expect(person.title('Mine')).toBeVisible();
});

test('signing out ends the session everywhere in the browser, and gives no more tokens', async ({
  person,
  context,
}) => {
  const { page } = person;
  const other = await context.newPage();
  await other.goto(`${webUrl()}/today`);
  await expect(other.getByRole('heading', { name: 'Today' })).toBeVisible();
  const cookies = await context.cookies();
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in*');
  await other.waitForURL('**/sign-in*');
  expect((await context.request.get(`${webUrl()}/api/auth/token`)).status()).toBe(401);
  await context.addCookies(cookies); // somebody has kept the cookie
  expect((await context.request.get(`${webUrl()}/api/auth/token`)).status()).toBe(401);
  await page.goto(`${webUrl()}/today`);
  await page.waitForURL('**/sign-in*');
});

test('nothing of a session lies in the storage of the browser, and its cookie is closed to scripts', async ({
  person,
  context,
}) => {
  const { page } = person;
  await person.add('Something');
  const stored = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
  );
  expect(stored).not.toMatch(/eyJ|token|session/i);
  const session = (await context.cookies()).filter((cookie) => cookie.name.includes('session'));
  expect(session.map(({ httpOnly, sameSite }) => [httpOnly, sameSite])).toEqual([[true, 'Lax']]);
});

test("another person's page shows nothing of mine", async ({ person, browser }) => {
  await person.add('My secret');
  await expect(person.page.getByText('“My secret” added')).toBeVisible();
  const context = await browser.newContext();
  const stranger = await signUp(await context.newPage());
  await stranger.open('all');
  await expect(stranger.page.getByText('No open tasks')).toBeVisible();
  await stranger.page.goto(`${webUrl()}/all?task=1`);
  await expect(stranger.page.getByRole('complementary', { name: 'Task details' }).getByRole('alert')).toContainText(
    'no task 1',
  );
  await stranger.page.goto(`${webUrl()}/activity`);
  await expect(stranger.page.getByText('Nothing was recorded that fits')).toBeVisible();
  await context.close();
});

test("a token of one person's does not open another's tasks, and without one nothing opens", async ({
  person,
  request,
}) => {
  expect((await request.get(`${webUrl()}/api/somebody/tasks`)).status()).toBe(401);
  const { token } = (await (await person.page.context().request.get(`${webUrl()}/api/auth/token`)).json()) as {
    token: string;
  };
  const answer = await request.get(`${webUrl()}/api/somebody/tasks`, { headers: { Authorization: `Bearer ${token}` } });
  expect(answer.status()).toBe(403);
});

test("the browser's time zone becomes the person's", async ({ person }) => {
  expect(await person.api('GET', '/settings')).toMatchObject({ time_zone: 'Europe/Berlin' });
});

test('passwords cannot be guessed without end', async ({ person, context }) => {
  const { page } = person;
  await context.clearCookies();
  await page.goto(`${webUrl()}/sign-in`);
  await page.getByLabel('E-mail').fill(person.email);
  for (let attempt = 0; attempt < 11; attempt++) {
    await page.getByLabel('Password').fill(`guess number ${attempt}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled();
  }
  await expect(page.getByText('Too many attempts')).toBeVisible();
});
