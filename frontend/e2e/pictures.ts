/** Screenshots for the README: the main pages with a week of tasks. */
import { join, resolve } from 'node:path';
import { expect, test } from './person';

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

test('pictures', async ({ person }) => {
  test.slow();
  const { page } = person;
  const picture = (name: string) => page.screenshot({ path: join(FOLDER, `${name}.png`) });
  const still = () => expect(page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0, { timeout: 15_000 });
  for (const text of TASKS) await person.add(text);
  await person.api('POST', '/tasks', {
    title: 'Tea is ready',
    due_date: new Date(Date.now() + 2000).toISOString(),
    reminder_lead_time: 0,
  });
  await expect(page.getByRole('button', { name: 'Notifications, 1 unread' })).toBeVisible({ timeout: 15_000 });
  await person.open('today');
  await page.getByLabel('New task').fill('Dentist 3/4 at 9:30 #health p1 remind 1d');
  await expect(page.getByRole('list', { name: 'Understood' })).toBeVisible();
  await picture('quick-add');
  await person.open('upcoming');
  await still();
  await person.property(await person.details('Pay rent'), 'Repeat');
  await expect(page.getByRole('region', { name: 'The next dates' }).getByRole('listitem').first()).toBeVisible();
  await picture('upcoming');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await picture('upcoming-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  for (const number of [1, 3, 5]) await person.api('PATCH', `/tasks/${number}/complete`);
  await person.open('activity');
  await expect(page.getByText('The trail is intact')).toBeVisible();
  await expect(page.locator('svg.recharts-surface').first()).toBeVisible();
  await picture('activity');
  await page.setViewportSize({ width: 390, height: 780 });
  await person.open('upcoming');
  await picture('phone');
});
