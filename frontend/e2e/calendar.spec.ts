/** The month calendar of a view. */
import type { Page } from '@playwright/test';
import { violations } from './axe';
import { expect, test } from './person';

const cell = (page: Page, day: string) => page.locator(`[data-cell="${day}"]`);
const chip = (page: Page, title: string) => page.getByRole('gridcell').getByRole('button', { name: title });

/** Goes ahead to the month after the next, where only the tasks of the test are. */
async function showMonth(page: Page): Promise<void> {
  const day = new Date(`${dayOf(10)}T12:00:00Z`);
  const title = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(day);
  await expect(async () => {
    if (!(await page.getByRole('grid', { name: title, exact: true }).isVisible()))
      await page.getByRole('button', { name: 'Next month' }).click();
    await expect(page.getByRole('grid', { name: title, exact: true })).toBeVisible({ timeout: 100 });
  }).toPass();
}

async function openMonth(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Calendar' }).click();
  await expect(page.getByRole('grid')).toBeVisible();
  await showMonth(page);
}

/** The 10th of the month after the next, and days around it. */
function dayOf(number: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth() + 2, number)).toISOString().slice(0, 10);
}

test('a task is dragged to another day of the month, keeps its time, and the view remembers the calendar', async ({
  person,
}) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'a', due_date: `${dayOf(10)}T09:00:00`, time_zone: 'Europe/Berlin' });
  await person.open('upcoming');
  await openMonth(page);
  await expect(cell(page, dayOf(10)).getByRole('button', { name: /^a,/ })).toBeVisible();
  await chip(page, 'a').dragTo(cell(page, dayOf(12)));
  await expect(cell(page, dayOf(12)).getByRole('button', { name: /^a,/ })).toBeVisible();
  await expect.poll(async () => (await person.task(1))?.due_date).toContain(dayOf(12));
  await page.keyboard.press('Control+z');
  await expect(cell(page, dayOf(10)).getByRole('button', { name: /^a,/ })).toBeVisible();
  await person.open('upcoming');
  await expect(page.getByRole('grid')).toBeVisible();
  await person.open('all');
  await expect(page.getByRole('grid')).toHaveCount(0);
});

test('the calendar begins with this week, shows the weeks ahead, and goes on where they end', async ({ person }) => {
  const { page } = person;
  await person.open('upcoming');
  await page.getByRole('button', { name: 'Calendar' }).click();
  const grid = page.getByRole('grid');
  const days = page.locator('[data-cell]');
  const shown = () => days.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.cell ?? ''));
  const titleOf = (day = '', move = 0) =>
    new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      Date.parse(`${day}T12:00:00Z`) + move * 24 * 3_600_000,
    );
  await expect(days.first()).toBeVisible();
  const ahead = await shown();
  expect(ahead).toHaveLength(35);
  const today = (await page.locator('[data-cell][aria-current=date]').getAttribute('data-cell')) ?? '';
  expect(ahead.slice(0, 7)).toContain(today);
  await page.getByRole('button', { name: 'Next month' }).click();
  await expect(grid).toHaveAccessibleName(titleOf(ahead.at(-1), 1));
  await page.getByRole('button', { name: 'Today', exact: true }).click();
  await expect.poll(shown).toEqual(ahead);
  await page.getByRole('button', { name: 'Previous month' }).click();
  await expect(grid).toHaveAccessibleName(titleOf(ahead[0], -1));
  await page.getByRole('button', { name: 'Today', exact: true }).click();
  await cell(page, today).focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.locator(':focus')).toHaveRole('gridcell');
  await expect(grid).toHaveAccessibleName(titleOf(today, -7));
  await expect(cell(page, today)).not.toBeFocused();
});

test('the calendar of what is done ends with this week', async ({ person }) => {
  const { page } = person;
  await person.open('completed');
  await page.getByRole('button', { name: 'Calendar' }).click();
  const today = page.locator('[data-cell][aria-current=date]');
  await expect(page.getByRole('row').last().locator('[aria-current=date]')).toBeVisible();
  await expect(today).toHaveCount(1);
});

test('days and tasks are reached and moved by keyboard', async ({ person }) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'a', due_date: dayOf(10) });
  await person.open('upcoming');
  await openMonth(page);
  await cell(page, dayOf(10)).focus();
  for (const key of ['ArrowRight', 'ArrowDown', 'PageDown', 'PageUp', 'ArrowLeft', 'ArrowUp']) {
    await page.keyboard.press(key);
    await expect(page.locator(':focus')).toHaveRole('gridcell');
  }
  await expect(cell(page, dayOf(10))).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(chip(page, 'a')).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(cell(page, dayOf(11)).getByRole('button', { name: /^a,/ })).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(cell(page, dayOf(18)).getByRole('button', { name: /^a,/ })).toBeFocused();
  await expect.poll(async () => (await person.task(1))?.due_date).toBe(dayOf(18));
});

test('a task is added on a day, and a full day shows the others on request', async ({ person }) => {
  const { page } = person;
  await person.open('upcoming');
  await openMonth(page);
  await cell(page, dayOf(10)).click();
  await expect(page.getByLabel('New task')).toBeFocused();
  await page.keyboard.type('one');
  await page.keyboard.press('Enter');
  await expect(cell(page, dayOf(10)).getByRole('button', { name: /^one,/ })).toBeVisible();
  for (const title of ['two', 'three', 'four', 'five'])
    await person.api('POST', '/tasks', { title, due_date: dayOf(10) });
  await page.getByRole('button', { name: '+2 more' }).click();
  const rest = page.getByRole('dialog');
  await expect(rest.getByRole('button')).toHaveCount(5);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: '+2 more' })).toBeFocused();
});

test('the calendar has no accessibility violations, in light and dark, and on a phone it lists the chosen day', async ({
  person,
}) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'a', due_date: dayOf(10), priority: 'High' });
  await person.api('POST', '/tasks', { title: 'late', due_date: '2020-01-01' });
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await person.open('upcoming');
    if (scheme === 'light') await page.getByRole('button', { name: 'Calendar' }).click();
    await showMonth(page);
    await expect(chip(page, 'a')).toBeVisible();
    expect(await violations(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height: 700 });
  await cell(page, dayOf(10)).click();
  await expect(page.getByRole('region').getByRole('button', { name: /^a,/ })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(overflow).toBe(false);
});
