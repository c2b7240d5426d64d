/** Every part of the page at 320 pixels and at 200 % zoom: axe finds nothing, and nothing scrolls sideways. */
import type { Page } from '@playwright/test';
import { violations } from './axe';
import { expect, type Person, test, webUrl } from './person';

const VIEWS = ['today', 'upcoming', 'overdue', 'all', 'completed', 'trash', 'tag?name=home', 'search?q=rent'];
const SETTINGS = ['', '?section=notifications', '?section=account', '?section=apps'].map((name) => `settings${name}`);
const PAGES = [...VIEWS, 'activity', ...SETTINGS, 'device?user_code=ABCD2345'];

async function someTasks(person: Person): Promise<void> {
  const create = (data: object) => ({ op: 'create', data });
  await person.api('POST', '/tasks/bulk', {
    operations: [
      create({
        title: 'Pay rent',
        description: 'See https://example.com and `code`\n\n- [ ] first',
        due_date: '2027-01-31T09:00:00',
        recurrence_pattern: 'monthly',
        reminder_lead_time: 60,
        priority: 'High',
        tags: ['home'],
      }),
      create({
        title: 'Overdue',
        due_date: '2020-01-01',
        priority: 'Low',
        tags: ['a-tag-of-many-letters-that-is-long'],
      }),
      create({ title: 'Done' }),
      create({ title: 'Gone' }),
    ],
  });
  await person.api('PATCH', '/tasks/3/complete');
  await person.api('DELETE', '/tasks/4');
}

/**
 * What pops up is part of no landmark, which the rule `region` (not WCAG) expects of it, and lies over controls, whose
 * visible rest is then small for `target-size`.
 */
async function check(page: Page, what: string): Promise<void> {
  const isCovered = (await page.locator('[data-radix-popper-content-wrapper]').count()) > 0;
  const found = (await violations(page)).filter((one) => !(isCovered && /^(region|target-size):/.test(one)));
  expect.soft(found, what).toEqual([]);
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(beyond, `${what} scrolls sideways`).toBeLessThanOrEqual(0);
}

async function checkDetails(person: Person): Promise<void> {
  const { page } = person;
  await person.open('all?task=1');
  const details = page.getByRole('complementary', { name: 'Task details' });
  for (const name of ['Date', 'Repeat', 'Reminders', 'Priority', 'Tags']) {
    const editor = await person.property(details, name);
    await expect(editor).toBeVisible();
    await check(page, name);
    await page.keyboard.press('Escape');
    await expect(editor).toHaveCount(0);
  }
  await details.getByRole('button', { name: 'More actions' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await check(page, 'the menu of the details');
  await page.getByRole('menuitem', { name: 'Move to the trash' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await check(page, 'the question about a series');
  await page.keyboard.press('Escape');
}

async function checkOverlays(person: Person): Promise<void> {
  const { page } = person;
  await person.open('all');
  await page.keyboard.press('q');
  const field = page.getByRole('textbox', { name: 'New task' });
  await expect(field).toBeFocused();
  await field.fill('call at 7 #home p1');
  await expect(page.getByRole('list', { name: 'Understood' })).toBeVisible();
  await check(page, 'quick-add with a question');
  const question = page.getByRole('list', { name: 'Understood' }).getByRole('button', { expanded: false }).first();
  await question.click();
  await check(page, 'the menu of the question');
  await page.keyboard.press('Escape');
  await field.fill('');
  await field.evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'One\nTwo\nThree');
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(page.getByRole('dialog').filter({ hasText: '3 tasks' })).toBeVisible();
  await check(page, 'pasted lines');
  await person.open('settings');
  await page.keyboard.press('q');
  await expect(page.getByRole('dialog', { name: 'New task' })).toBeVisible();
  await check(page, 'quick-add over the settings');
  await person.open('all');
  for (const [key, name] of [
    ['?', 'the shortcuts'],
    ['Control+k', 'the palette'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    await check(page, name);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  for (const name of ['Sort', 'Filter']) {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('menu').or(page.getByRole('dialog'))).toBeVisible();
    await check(page, name);
    await page.keyboard.press('Escape');
  }
  await page
    .getByRole('button', { name: /^Notifications/ })
    .first()
    .click();
  await expect(page.getByRole('dialog', { name: 'Notifications' })).toBeVisible();
  await check(page, 'notifications');
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await expect(page.getByRole('complementary', { name: 'Assistant' }).getByRole('textbox')).toBeVisible();
  await check(page, 'the assistant');
  await person.open('all?priority=High&tags=home');
  await check(page, 'chips of filters');
  await person.open('upcoming');
  await page.getByRole('button', { name: 'Calendar' }).click();
  await expect(page.getByRole('grid')).toBeVisible();
  await check(page, 'the calendar');
  await person.open('trash');
  await page.getByRole('button', { name: 'Empty trash' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await check(page, 'the question about the trash');
}

async function checkSignIn(person: Person): Promise<void> {
  const { page } = person;
  await page.context().clearCookies();
  for (const path of ['sign-in', 'sign-up']) {
    await page.goto(`${webUrl()}/${path}`);
    await expect(page.locator('[type=submit]')).toBeEnabled();
    await check(page, path);
  }
}

const SIZES = {
  'at 320 pixels': { viewport: { width: 320, height: 640 }, deviceScaleFactor: 1, colorScheme: 'light' },
  // 200 % of 1280 × 720
  'at 200 % zoom': { viewport: { width: 640, height: 360 }, deviceScaleFactor: 2, colorScheme: 'dark' },
} as const;

for (const [size, use] of Object.entries(SIZES))
  test.describe(size, () => {
    test.use(use);
    test(`every part of the page can be used in the ${use.colorScheme}`, async ({ person }) => {
      test.setTimeout(150_000);
      const { page } = person;
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await someTasks(person);
      for (const path of PAGES) {
        await person.open(path);
        await check(page, path);
      }
      await checkDetails(person);
      await checkOverlays(person);
      await checkSignIn(person);
    });
  });
