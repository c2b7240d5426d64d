import type { Page } from '@playwright/test';
import { expect, type Person, test } from './person';

const PARSE = '**/api/*/tasks/parse';

async function typeLines(page: Page, lines: string[], delay: number): Promise<void> {
  await page.getByLabel('New task').focus();
  await page.keyboard.type(lines.map((line) => `${line}\n`).join(''), { delay });
}

/** Returns the titles on the server in order of creation. */
async function titlesOf(person: Person): Promise<string[]> {
  const { items } = (await person.api('GET', '/tasks?sort=created_at&order=asc&limit=200')) as {
    items: { title: string }[];
  };
  return items.map(({ title }) => title);
}

for (const delay of [40, 90])
  test(`lines typed without a pause at ${delay} ms per key are all tasks, also those that leave a question`, async ({
    person,
  }) => {
    const { page } = person;
    await person.open('all');
    await typeLines(page, ['call mom tomorrow at 5', 'buy milk', 'dentist next thu 14:30', 'pay rent friday'], delay);
    await expect(page.getByLabel('New task')).toHaveValue('');
    await expect.poll(() => titlesOf(person)).toEqual(['call mom', 'buy milk', 'dentist', 'pay rent']);
    const rows = page.getByRole('list', { name: 'Tasks' }).locator('[data-title]');
    await expect(rows).toHaveText(['pay rent', 'dentist', 'buy milk', 'call mom']);
  });

test('30 lines typed at 40 ms per key with a slow network and processor are 30 tasks in order', async ({ person }) => {
  test.setTimeout(180_000);
  const { page } = person;
  await person.open('all');
  const browser = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
  await browser.send('Network.emulateNetworkConditions', slow);
  await browser.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const names = Array.from({ length: 30 }, (_, index) => `item ${index + 1}`);
  const endings = ['', ' tomorrow at 5', ' friday #home', ' next thu 14:30', ' 3/4'];
  await typeLines(
    page,
    names.map((name, index) => name + (endings[index % endings.length] ?? '')),
    40,
  );
  await expect(page.getByLabel('New task')).toHaveValue('');
  const rows = page.getByRole('list', { name: 'Tasks' }).locator('[data-title]');
  await expect(rows.first()).toHaveText(/^item 30/);
  await expect.poll(() => titlesOf(person), { timeout: 120_000 }).toEqual(names);
});

test('what is entered is listed at once in the order of entry, while nothing is answered', async ({ person }) => {
  const { page } = person;
  await person.open('all');
  let isAway = true;
  let returns: () => void = () => undefined;
  const away = new Promise<void>((resolve) => (returns = resolve));
  await page.route(PARSE, async (route) => {
    if (!isAway) return route.continue();
    await away;
    return route.abort();
  });
  await typeLines(page, ['first tomorrow', 'second', 'third at 5', 'fourth'], 20);
  const rows = page.getByRole('list', { name: 'Tasks' }).locator('[data-title]');
  await expect(rows).toHaveText(['fourth', 'third at 5', 'second', 'first tomorrow']);
  isAway = false;
  returns();
  await expect.poll(() => titlesOf(person)).toEqual(['first', 'second', 'third', 'fourth']);
});

test('a line is not lost when the page is closed right after Enter', async ({ person, context }) => {
  const { page } = person;
  await person.open('all');
  await page.route(PARSE, () => undefined);
  await page.getByLabel('New task').fill('Buy milk tomorrow');
  await page.getByLabel('New task').press('Enter');
  await page.close();
  const next = await context.newPage();
  await next.goto(page.url());
  await expect(next.getByRole('list', { name: 'Tasks' }).getByRole('button', { name: /^Buy milk/ })).toBeVisible();
  await expect.poll(() => titlesOf(person)).toEqual(['Buy milk']);
});

test('an open question is asked on the row of the task that was made, and its answer changes the task', async ({
  person,
}) => {
  const { page } = person;
  await person.open('all');
  await typeLines(page, ['dentist 3/4', 'next one'], 20);
  const question = page.getByRole('listitem').getByRole('button', { name: /which one is meant/ });
  await expect(question).toBeVisible();
  await expect
    .poll(() => person.api('GET', '/tasks?sort=created_at&order=asc'))
    .toMatchObject({
      items: [{ title: 'dentist', due_date: expect.stringMatching(/-04-03$/) }, { title: 'next one' }],
    });
  await question.click();
  await page.getByRole('menuitemradio', { name: /Mar/ }).click();
  await expect(question).toHaveCount(0);
  await expect
    .poll(() => person.api('GET', '/tasks?sort=created_at&order=asc'))
    .toMatchObject({
      items: [{ title: 'dentist', due_date: expect.stringMatching(/-03-04$/) }, { title: 'next one' }],
    });
});

test('a title that is too long stays in the field, with the reason', async ({ person }) => {
  const { page } = person;
  await person.open('all');
  const input = page.getByLabel('New task');
  const text = 'x'.repeat(201);
  await input.fill(text);
  await input.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: '201 characters, at most 200 are possible' })).toBeVisible();
  await expect(input).toHaveValue(text);
  await input.fill('x'.repeat(200));
  await input.press('Enter');
  await expect(input).toHaveValue('');
  await expect.poll(() => titlesOf(person)).toEqual(['x'.repeat(200)]);
  const title = (await person.details('xxx')).getByLabel('Title');
  await title.fill(text);
  await title.press('Enter');
  await expect(page.getByText('Title too long: 201 characters')).toBeVisible();
  await expect(title).toHaveValue(text);
  await page.getByRole('button', { name: 'Close the details' }).click();
  await expect((await person.details('xxx')).getByLabel('Title')).toHaveValue(text);
});

const DAY_MS = 86_400_000;

test('text that was typed offline means the moment at which it was typed, also after a reload', async ({
  person,
  context,
}) => {
  const { page } = person;
  await person.open('all');
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state ?? 'none'), { timeout: 20_000 })
    .toBe('activated');
  const { time_zone } = (await person.api('GET', '/settings')) as { time_zone: string };
  const dayOf = (at: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: time_zone }).format(at);
  const now = Date.now();
  await page.clock.setFixedTime(now - 2 * DAY_MS);
  await context.setOffline(true);
  await typeLines(page, ['call mom tomorrow 5pm #home', 'buy milk today'], 20);
  const rows = page.getByRole('list', { name: 'Tasks' }).locator('[data-title]');
  await expect(rows).toHaveText(['buy milk today', 'call mom tomorrow 5pm #home']);
  await page.reload().catch(() => undefined);
  await page.clock.setFixedTime(now);
  await context.setOffline(false); // the page resumes by itself
  await expect.poll(() => titlesOf(person), { timeout: 20_000 }).toEqual(['call mom', 'buy milk']);
  const { items } = (await person.api('GET', '/tasks?sort=created_at&order=asc')) as {
    items: { due_date: string; tags: string[] }[];
  };
  expect(dayOf(Date.parse(items[0]?.due_date ?? ''))).toBe(dayOf(now - DAY_MS));
  expect(items[0]?.tags).toEqual(['home']);
  expect(items[1]?.due_date).toBe(dayOf(now - 2 * DAY_MS));
});

test.describe('in an American browser', () => {
  test.use({ locale: 'en-US' });

  test('12/1 is in December, until the settings say otherwise', async ({ person }) => {
    const { page } = person;
    const input = page.getByRole('textbox', { name: 'New task' });
    const understood = page.getByRole('list', { name: 'Understood' });
    await input.fill('pay rent 12/1/2030 5:30pm');
    await expect(understood.getByText(/Dec 1, 2030, 5:30\sPM/)).toBeVisible();
    await input.press('Enter');
    await expect.poll(() => person.api('GET', '/tasks')).toMatchObject({ items: [{ title: 'pay rent' }] });
    await person.open('settings');
    await page.getByLabel('Language and region').selectOption('en-GB');
    await expect(page.getByText('Saved')).toBeVisible();
    await page.getByRole('heading', { name: 'Settings' }).click();
    await page.keyboard.press('q');
    await input.fill('pay tax 12/1/2031 5:30pm');
    await expect(understood.getByText('12 Jan 2031, 17:30')).toBeVisible();
  });
});
