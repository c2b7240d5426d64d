import type { Page } from '@playwright/test';
import { expect, test } from './person';
import { holdRequests } from './slow';

const PARSE = '**/api/*/tasks/parse';

/** Returns the underlined words of the field. */
const underlined = (page: Page) => page.locator('form [data-look]:not([data-look=plain])');

test('the words that say something are underlined where they stand, and nothing else while the answer is away', async ({
  person,
}) => {
  const { page } = person;
  await person.open('all');
  const input = page.getByLabel('New task');
  await input.fill('Pay rent every month on the 15th at 9am #home');
  await expect(underlined(page)).toHaveText(['every month on the 15th', 'at 9am', '#home']);
  const parse = await holdRequests(page, PARSE);
  await input.press('Home');
  await page.keyboard.type('🎉 ');
  await expect(underlined(page)).toHaveText(['every month on the 15th', 'at 9am', '#home']);
  parse.release();
  await input.press('End');
  await expect(underlined(page)).toHaveText(['every month on the 15th', 'at 9am', '#home']);
  await page.keyboard.type('work');
  await expect(underlined(page)).toHaveText(['every month on the 15th', 'at 9am', '#homework']);
});

test('the underline is under its words, also in a long line that has scrolled', async ({ person }) => {
  const { page } = person;
  await person.open('all');
  const input = page.getByLabel('New task');
  await input.fill(`${'a rather long title, '.repeat(8)} tomorrow`);
  await expect(underlined(page)).toHaveText(['tomorrow']);
  /** Returns how far the field and the text under it are scrolled. */
  const scrolled = () => input.evaluate((field) => [field.scrollLeft, field.previousElementSibling?.scrollLeft]);
  for (const key of ['End', 'Home']) {
    await input.press(key);
    await expect.poll(async () => new Set(await scrolled()).size).toBe(1);
    expect((await scrolled())[0] === 0).toBe(key === 'Home');
  }
});

test('a pasted text of 50 KB is typed on without delay, and says that it is too long', async ({ person }) => {
  const { page } = person;
  await person.open('all');
  const input = page.getByLabel('New task');
  await input.fill('word '.repeat(10_000));
  await input.press('End');
  const start = Date.now();
  await page.keyboard.type('abcdefghij');
  expect(Date.now() - start).toBeLessThan(3000);
  await expect(underlined(page)).toHaveCount(0);
  await input.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'at most 500' })).toBeVisible();
  await expect(input).toHaveValue(/abcdefghij$/);
});

test('a click on an underlined word puts the caret there, and nothing is lost', async ({ person }) => {
  const { page } = person;
  await person.open('all');
  const input = page.getByLabel('New task');
  await input.fill('Pay rent tomorrow #home');
  await expect(underlined(page)).toHaveText(['tomorrow', '#home']);
  const box = await underlined(page).first().boundingBox();
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2);
  await expect(input).toBeFocused();
  const caret = await input.evaluate((field: HTMLInputElement) => field.selectionStart ?? 0);
  expect('Pay rent tomorrow'.slice(0, caret)).toMatch(/^Pay rent tom?o?r?r?o?$/);
  await expect(input).toHaveValue('Pay rent tomorrow #home');
  await expect(underlined(page)).toHaveText(['tomorrow', '#home']);
});
