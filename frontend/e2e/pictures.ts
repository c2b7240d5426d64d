/** Screenshots for the README and for looking at: every surface with a week of tasks. */
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, type Person, test, webUrl } from './person';

const FOLDER = resolve(import.meta.dirname, '../../docs/screenshots');
const TASKS = [
  'Water the plants every 3 days starting today 8am #home',
  'Send the invoice today 5pm p1 #work remind 1h',
  'Call the dentist tomorrow 10:30 #health',
  'Team meeting every monday 9:30am #work remind 15 min',
  'Buy a present for Zoë in 3 days #family',
  'Pay rent every month on the last day 9am p1 #home remind 1d',
  'Back up the photos every month p3 #home',
  'Read the report #work',
];

const picture = (page: Page, name: string) =>
  page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled', caret: 'initial' });
/** Waits until no message covers the page. */
const still = (page: Page) => expect(page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0, { timeout: 15_000 });

async function dark(page: Page, take: () => Promise<unknown>): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await take();
  await page.emulateMedia({ colorScheme: 'light' });
}

async function furnish(person: Person): Promise<void> {
  for (const text of TASKS) await person.add(text);
  await person.api('POST', '/tasks', {
    title: 'Plan the team offsite',
    description: 'Two days, eight people.\n\n- Compare the **three offers**\n- Book by the end of the month',
    tags: ['work'],
    due_date: new Date(Date.now() + 5000).toISOString(),
    reminder_lead_time: 0,
  });
  await expect(person.page.getByRole('button', { name: 'Notifications, 1 unread' })).toBeVisible({ timeout: 30_000 });
}

test('pictures of a desktop', async ({ person, browser }) => {
  test.setTimeout(300_000);
  const { page } = person;
  await person.open('today');
  await picture(page, 'first-run');
  await furnish(person);
  await person.open('today');
  await page.getByLabel('New task').fill('Dentist 3/4 at 9:30 #health p1 remind 1d');
  await expect(page.getByRole('list', { name: 'Understood' })).toBeVisible();
  await picture(page, 'quick-add');
  await page
    .getByRole('button', { name: /^Which|^What|\?/ })
    .first()
    .click();
  await expect(page.getByRole('menu')).toBeVisible();
  await picture(page, 'quick-add-question');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear the text' }).click();
  await still(page);
  await person.open('today');
  await picture(page, 'today');
  await dark(page, () => picture(page, 'today-dark'));
  await page.getByRole('button', { name: 'Notifications' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture(page, 'notifications');

  await person.open('upcoming');
  await person.property(await person.details('Pay rent'), 'Repeat');
  await expect(page.getByRole('region', { name: 'The next dates' }).getByRole('listitem').first()).toBeVisible();
  await picture(page, 'upcoming');
  await page.keyboard.press('Escape');
  await picture(page, 'pane');
  await person.property(page.getByRole('complementary', { name: 'Task details' }), 'Date');
  await picture(page, 'pane-date');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await person.open('upcoming');
  await dark(page, () => picture(page, 'upcoming-dark'));
  await page.getByRole('button', { name: 'Calendar' }).click();
  await expect(page.getByRole('grid')).toBeVisible();
  await picture(page, 'calendar');
  await dark(page, () => picture(page, 'calendar-dark'));

  await person.open('all');
  for (const title of ['Read the report', 'Call the dentist']) {
    await person.title(title).focus();
    await page.keyboard.press('x');
  }
  await expect(page.getByRole('toolbar', { name: 'Selected tasks' })).toBeVisible();
  await picture(page, 'selection');
  await person.open('search?q=the&priority=High');
  await picture(page, 'search');
  await page.getByRole('button', { name: 'Change the tag work' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await picture(page, 'tag');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await picture(page, 'palette');
  await person.open('settings');
  await expect(page.getByLabel('Time zone')).toBeVisible();
  await picture(page, 'settings');
  await page.keyboard.press('q');
  await page
    .getByRole('dialog', { name: 'New task' })
    .getByRole('textbox')
    .fill('Call Ann every month on the last day #family');
  await expect(page.getByRole('list', { name: 'Understood' })).toBeVisible();
  await picture(page, 'quick-add-elsewhere');
  await page.getByRole('button', { name: 'Clear the text' }).click();
  await page.keyboard.press('Escape');
  await person.open('settings?section=account');
  await expect(page.getByRole('region', { name: 'Devices' })).toBeVisible();
  await picture(page, 'settings-account');
  for (const number of [1, 3, 5]) await person.api('PATCH', `/tasks/${number}/complete`);
  await person.api('DELETE', '/tasks/8');
  await person.open('trash');
  await picture(page, 'trash');
  await person.open('activity');
  await expect(page.getByText('The trail is intact')).toBeVisible();
  await expect(page.locator('svg.recharts-surface').first()).toBeVisible();
  await picture(page, 'activity');
  await person.open('today');
  await page.getByRole('button', { name: 'Assistant' }).click();
  await expect(page.getByRole('complementary', { name: 'Assistant' }).getByRole('textbox')).toBeVisible();
  await picture(page, 'assistant');

  const stranger = await browser.newContext({ viewport: page.viewportSize() });
  const entry = await stranger.newPage();
  await entry.goto(`${webUrl()}/sign-in`);
  await expect(entry.getByLabel('E-mail')).toBeVisible();
  await picture(entry, 'sign-in');
  await stranger.close();
});

test('pictures of a phone', async ({ person }) => {
  test.setTimeout(300_000);
  const { page } = person;
  await furnish(person);
  await page.setViewportSize({ width: 390, height: 780 });
  await person.open('upcoming');
  await still(page);
  await picture(page, 'phone');
  await dark(page, () => picture(page, 'phone-dark'));
  await page.getByRole('button', { name: 'Add a task' }).first().click();
  await page.getByRole('textbox', { name: 'New task' }).fill('Call Ann tomorrow at 9 #family');
  await expect(page.getByRole('list', { name: 'Understood' })).toBeVisible();
  await picture(page, 'phone-add');
  await person.open('upcoming');
  await person.details('Pay rent');
  await expect(page.getByLabel('Title')).toBeVisible();
  await picture(page, 'phone-pane');
});
