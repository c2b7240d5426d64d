import { randomUUID } from 'node:crypto';
import { test as unwatched } from '@playwright/test';
import type { Page } from '@playwright/test';
import { expect, PASSWORD, Person, ready, signUp, test, webUrl } from './person';

test('somebody signs up, and has the time zone of the browser', async ({ page }) => {
  const email = `${randomUUID()}@example.com`;
  await page.goto(`${webUrl()}/sign-up`);
  await page.getByLabel('Name').fill('Ann');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.waitForURL('**/today?welcome=123');
  await ready(page);
  expect(await new Person(page, email).api('GET', '/settings')).toMatchObject({ time_zone: 'Europe/Berlin' });
});

test('somebody signs out and in again, and comes back to where they were', async ({ person }) => {
  const { page } = person;
  await person.add('Mine');
  await person.open('all');
  await person.signOut();
  await page.waitForURL('**/sign-in?back=*');
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill('not this one');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: /invalid/i })).toBeVisible();
  await person.signIn();
  await expect(page).toHaveURL(/\/all$/);
  await expect(person.title('Mine')).toBeVisible();
});

const CREATIONS = '**/api/*/tasks';

/** Holds back requests that create tasks until the returned function is called. */
async function holdCreations(page: Page): Promise<() => void> {
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(CREATIONS, async (route) => {
    if (route.request().method() === 'POST') await held;
    await route.continue();
  });
  return answer;
}

test('signing out waits for what is being saved', async ({ person }) => {
  const { page } = person;
  await person.open('all');
  const answer = await holdCreations(page);
  await person.add('On its way');
  await expect(person.title('On its way')).toBeVisible();
  await person.signOut();
  await expect(page.getByText('Saving … One change is on the way.')).toBeVisible();
  answer();
  await page.waitForURL('**/sign-in?back=*');
  await person.signIn();
  await expect(person.title('On its way')).toBeVisible();
});

test('what cannot be saved, also in another page, is not lost by signing out without a word', async ({
  person,
  context,
}) => {
  const { page } = person;
  await person.open('all');
  await page.route(CREATIONS, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await person.add('Not to be saved');
  await expect(person.title('Not to be saved')).toBeVisible();
  const other = new Person(await context.newPage(), person.email);
  await other.open('all');
  await other.page.clock.install();
  await other.signOut();
  const dialog = other.page.getByRole('dialog', { name: 'Signing out' });
  await expect(dialog).toContainText('Saving …');
  await other.page.clock.fastForward(10_000);
  await expect(dialog).toContainText('One change is not saved yet');
  await dialog.getByRole('button', { name: 'Stay signed in' }).click();
  await expect(dialog).toHaveCount(0);
  await page.unroute(CREATIONS); // retried automatically
  await expect.poll(() => person.api('GET', '/tasks')).toMatchObject({ total: 1 });
});

test('without a connection signing out asks at once, and loses nothing as it cannot be done', async ({
  person,
  context,
}) => {
  const { page } = person;
  await person.open('all');
  await holdCreations(page);
  await person.add('Made offline');
  await expect(person.title('Made offline')).toBeVisible();
  await person.signOut();
  await page.getByRole('button', { name: 'Stay signed in' }).click();
  await context.setOffline(true);
  await page.unroute(CREATIONS);
  await person.signOut();
  await page.getByRole('button', { name: 'Sign out and lose it' }).click();
  await expect(page.getByText('You are still signed in.')).toBeVisible();
  await page.reload().catch(() => undefined); // aborts the requests in flight
  await context.setOffline(false);
  await person.open('all');
  await expect.poll(() => person.api('GET', '/tasks'), { timeout: 20_000 }).toMatchObject({ total: 1 });
});

test('a task is not lost when the page is left while it is understood', async ({ person }) => {
  const { page } = person;
  await page.route('**/tasks/parse', () => undefined); // no answer for now
  await person.add('Typed in a hurry p1');
  await page.unroute('**/tasks/parse');
  await person.open('all');
  await expect(person.title('Typed in a hurry')).toHaveText('Typed in a hurry');
  await expect(page.getByRole('button', { name: /High priority/ })).toBeVisible();
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
  await person.signOut();
  await page.waitForURL('**/sign-in*');
  await other.waitForURL('**/sign-in*');
  expect((await context.request.get(`${webUrl()}/api/auth/token`)).status()).toBe(401);
  await context.addCookies(cookies); // someone has copied the cookie
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
  await expect(stranger.page.getByText(/^The trail is intact/)).toBeVisible();
  await expect(stranger.page.getByRole('heading', { name: 'Every change' })).toBeVisible();
  await expect(stranger.page.getByText('My secret')).toHaveCount(0);
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

test('settings that cannot be loaded say why, and can be tried again', async ({ person }) => {
  const { page } = person;
  await page.route('**/api/*/settings', (route) => route.fulfill({ status: 500, json: { detail: 'it is not so' } }));
  await person.open('settings');
  await expect(page.getByRole('alert').filter({ hasText: 'it is not so' })).toBeVisible();
  await page.unroute('**/api/*/settings');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByLabel('Time zone')).toHaveValue('Europe/Berlin');
});

test('the settings are in sections, which have addresses', async ({ person }) => {
  const { page } = person;
  await person.open('settings');
  const sections = page.getByRole('navigation', { name: 'Settings' });
  const headings = page.getByRole('heading', { level: 2 }).and(page.locator('#main h2'));
  await expect(sections.getByRole('link')).toHaveText(['General', 'Notifications', 'Account', 'Apps']);
  await expect(headings).toHaveText(['Dates and times', 'Appearance']);
  await sections.getByRole('link', { name: 'Notifications' }).press('Enter');
  await expect(page.getByLabel('All-day reminder time')).toBeVisible();
  await expect(page.getByLabel('Time zone')).toHaveCount(0);
  await expect(sections.getByRole('link', { name: 'Notifications' })).toHaveAttribute('aria-current', 'page');
  await expect(sections.getByRole('link', { name: 'Notifications' })).toBeFocused();
  await page.getByLabel('All-day reminder time').fill('8:30');
  await page.getByLabel('All-day reminder time').press('Enter');
  await expect.poll(() => person.api('GET', '/settings')).toMatchObject({ all_day_reminder_time: '08:30' });
  await page.goBack();
  await expect(headings).toHaveText(['Dates and times', 'Appearance']);
  await person.open('settings?section=account');
  await expect(headings).toHaveText(['Sign-in', 'Devices', 'Your data', 'Delete the account']);
});

test('passwords cannot be guessed without end', async ({ person, context }) => {
  const { page } = person;
  await context.clearCookies();
  await page.goto(`${webUrl()}/sign-in`);
  await page.getByLabel('E-mail').fill(person.email);
  await expect(async () => {
    await page.getByLabel('Password').fill('a guess');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled();
    await expect(page.getByText('Too many attempts')).toBeVisible({ timeout: 100 });
  }).toPass();
});

test('nothing can be sent before the page can send it', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${webUrl()}/sign-in`);
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeDisabled();
  await context.close();
});

unwatched('somebody may come by another account, which is asked for no more than who they are', async ({ page }) => {
  const asked = page.waitForRequest('https://github.com/**');
  await page.route('https://github.com/**', (route) => route.fulfill({ body: 'GitHub' }));
  await page.goto(`${webUrl()}/sign-in?back=/all`);
  await expect(page.getByRole('button', { name: 'Continue with Google' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Continue with GitHub' }).click();
  const url = new URL((await asked).url());
  expect(url.pathname).toBe('/login/oauth/authorize');
  expect(url.searchParams.get('client_id')).toBe('github-of-the-tests');
  expect(url.searchParams.get('redirect_uri')).toBe(`${webUrl()}/api/auth/callback/github`);
  expect(url.searchParams.get('scope')?.split(' ').sort()).toEqual(['read:user', 'user:email']);
  expect(url.searchParams.get('state')).toMatch(/.{16}/);
});
