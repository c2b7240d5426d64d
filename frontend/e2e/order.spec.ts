/** The order of tasks by hand: dragged, moved by keyboard, and kept. */
import type { Page } from '@playwright/test';
import { expect, test } from './person';

const DAY = { due_date: '2031-05-01' };

/** The titles of the list from top to bottom, as the rows are placed. */
async function order(page: Page): Promise<string> {
  const rows = await page
    .locator('li[data-index]:has([data-title])')
    .evaluateAll((items) =>
      [...items]
        .sort((one, other) => Number((one as HTMLElement).dataset.index) - Number((other as HTMLElement).dataset.index))
        .map((item) => item.querySelector('[data-title]')?.textContent ?? ''),
    );
  return rows.join('');
}

/** The title of a task in the list. */
const titled = (page: Page, title: string) => page.locator('[data-title]', { hasText: new RegExp(`^${title}$`) });

/** Drags a task to the upper or lower part of a row; the browser fires drag events from the second move on. */
async function drag(page: Page, title: string, to: string, part: number): Promise<void> {
  const row = (name: string) => page.locator('li[data-index]', { has: titled(page, name) });
  await expect(row(title)).toHaveAttribute('draggable', 'true'); // dragging is loaded after the list
  await row(title).hover();
  await page.mouse.down();
  const box = await row(to).boundingBox();
  for (const x of [60, 61, 62]) await page.mouse.move((box?.x ?? 0) + x, (box?.y ?? 0) + (box?.height ?? 0) * part);
  await expect(row(to)).toHaveAttribute('data-edge', part < 0.5 ? 'above' : 'below');
  await page.mouse.up();
}

test('a task is dragged to another place, stays there, and the move is undone at once', async ({ person }) => {
  const { page } = person;
  for (const title of ['a', 'b', 'c', 'd']) await person.api('POST', '/tasks', { title, ...DAY });
  await person.open('upcoming');
  await expect.poll(() => order(page)).toBe('abcd');
  await drag(page, 'd', 'b', 0.2);
  await expect.poll(() => order(page)).toBe('adbc');
  await expect(page.getByText('“d” moved')).toBeVisible();
  await drag(page, 'a', 'c', 0.8);
  await expect.poll(() => order(page)).toBe('dbca');
  await person.open('upcoming');
  await expect.poll(() => order(page)).toBe('dbca');
  await person.add('e 1 May 2031');
  await expect.poll(() => order(page)).toBe('dbcae');
  await drag(page, 'e', 'd', 0.2);
  await expect.poll(() => order(page)).toBe('edbca');
  await page.keyboard.press('Control+z');
  await expect.poll(() => order(page)).toBe('dbcae');
});

test('three fast moves on a slow network end where the person has put them, and the focus stays', async ({
  person,
}) => {
  const { page } = person;
  for (const title of ['a', 'b', 'c', 'd', 'e']) await person.api('POST', '/tasks', { title, ...DAY });
  await person.open('upcoming');
  await page.route('**/api/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800)); // the network, not the test, takes its time
    await route.continue().catch(() => undefined);
  });
  await titled(page, 'a').focus();
  for (let times = 0; times < 3; times++) await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => order(page)).toBe('bcdae');
  await expect(titled(page, 'a')).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'a: 4 of 5' })).toHaveCount(1);
  await page.keyboard.press('Alt+ArrowUp');
  await titled(page, 'e').focus();
  for (let times = 0; times < 4; times++) await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => order(page)).toBe('ebcad');
  await expect(titled(page, 'e')).toBeFocused();
  await page.waitForFunction(() => !Object.keys(localStorage).some((name) => name.startsWith('changes of ')));
  await expect.poll(() => order(page)).toBe('ebcad');
  await page.unroute('**/api/**');
  await person.open('upcoming');
  await expect.poll(() => order(page)).toBe('ebcad');
});

test('a move in one tab is shown in the other, and of two places for a task the last one wins', async ({ person }) => {
  const { page } = person;
  for (const title of ['a', 'b', 'c']) await person.api('POST', '/tasks', { title, ...DAY });
  await person.open('upcoming');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect.poll(() => order(other)).toBe('abc');
  await titled(page, 'a').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => order(other)).toBe('bac');
  await page.context().setOffline(true);
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => order(page)).toBe('bca');
  await page.context().setOffline(false);
  await expect.poll(() => order(other)).toBe('bca');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a task that is dragged between those of another day gets the day and the place', async ({ person }) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'a', due_date: '2031-05-01T09:00:00', time_zone: 'Europe/Berlin' });
  for (const title of ['b', 'c']) await person.api('POST', '/tasks', { title, due_date: '2031-05-02' });
  await person.open('upcoming');
  await drag(page, 'a', 'b', 0.8);
  await expect.poll(() => order(page)).toBe('bac');
  await expect(page.getByText(/^“a” moved to Fri/)).toBeVisible();
  await expect.poll(async () => (await person.task(1))?.due_date).toBe('2031-05-02T07:00:00Z');
  await person.open('upcoming');
  await expect.poll(() => order(page)).toBe('bac');
});

test('the keyboard moves a task across the edge of a day to the day beside, and undo brings it back', async ({
  person,
}) => {
  const { page } = person;
  for (const [title, day] of Object.entries({ a: '01', b: '01', c: '02' }))
    await person.api('POST', '/tasks', { title, due_date: `2031-05-${day}` });
  await person.open('upcoming');
  await titled(page, 'b').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(async () => (await person.task(2))?.due_date).toBe('2031-05-02');
  await expect.poll(() => order(page)).toBe('abc');
  await expect(titled(page, 'b')).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => order(page)).toBe('acb');
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(async () => (await person.task(2))?.due_date).toBe('2031-05-01');
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await person.task(2))?.due_date).toBe('2031-05-02');
});

test('selected tasks are dragged together in their order, and one undo brings them back', async ({ person }) => {
  const { page } = person;
  for (const [title, day] of Object.entries({ a: '01', b: '01', c: '01', d: '02', e: '02' }))
    await person.api('POST', '/tasks', { title, due_date: `2031-05-${day}` });
  await person.open('upcoming');
  for (const title of ['a', 'c']) {
    await titled(page, title).focus();
    await page.keyboard.press('x');
  }
  await drag(page, 'c', 'd', 0.8);
  await expect.poll(() => order(page)).toBe('bdace');
  await expect.poll(async () => (await person.task(1))?.due_date).toBe('2031-05-02');
  await expect.poll(async () => (await person.task(3))?.due_date).toBe('2031-05-02');
  await page.keyboard.press('Control+z');
  await expect.poll(() => order(page)).toBe('abcde');
  await expect.poll(async () => (await person.task(3))?.due_date).toBe('2031-05-01');
});

test('in another order the keyboard says how tasks are moved', async ({ person }) => {
  await person.api('POST', '/tasks', { title: 'a' });
  await person.open('all');
  await titled(person.page, 'a').focus();
  await person.page.keyboard.press('Alt+ArrowDown');
  await expect(person.page.getByText('To move tasks up and down, sort by Manual')).toBeVisible();
});
