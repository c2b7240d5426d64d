import type { Page } from '@playwright/test';
import { expect, type Person, test } from './person';

/** Pastes as the browser does, without the clipboard of the machine. */
async function paste(page: Page, text: string): Promise<void> {
  const isHandled = await page.getByRole('textbox', { name: 'New task' }).evaluate((field, pasted) => {
    field.focus();
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    return !field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  if (!isHandled) await page.keyboard.insertText(text);
}

async function titlesOf(person: Person): Promise<string[]> {
  const { items } = (await person.api('GET', '/tasks?status=pending&sort=created_at&order=asc&limit=200')) as {
    items: { title: string }[];
  };
  return items.map(({ title }) => title);
}

test('pasted lines become tasks after one question, and one undo takes all of them back', async ({ person }) => {
  const { page } = person;
  await person.open('all');
  await paste(page, 'Shopping tomorrow\n- [ ] milk #home\n\n  * bread\n- [x] eggs\n1. butter p1\n');
  const dialog = page.getByRole('dialog', { name: 'Add 4 tasks?' });
  await expect(dialog.getByRole('listitem')).toHaveText(['Shopping tomorrow', 'milk #home', 'bread', 'butter p1']);
  await expect(dialog.getByText('Left out: 1 checked off.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Add 4 tasks' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'New task' })).toBeFocused();
  await expect.poll(() => titlesOf(person)).toEqual(['Shopping', 'milk', 'bread', 'butter']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => titlesOf(person)).toEqual([]);
  await expect(page.getByRole('list', { name: 'Tasks' })).toHaveCount(0);
});

test('pasted lines can stay one line, as can those that are too many', async ({ person }) => {
  const { page } = person;
  await person.open('all');
  const input = page.getByRole('textbox', { name: 'New task' });
  await input.fill('Buy  now');
  await input.press('Home');
  for (let step = 0; step < 4; step++) await input.press('ArrowRight');
  await paste(page, 'milk\nbread\n');
  await page.getByRole('dialog', { name: 'Add 2 tasks?' }).waitFor();
  await page.keyboard.press('Escape');
  await expect(input).toHaveValue('Buy milk bread now');
  await input.fill('');
  await paste(page, 'line\n'.repeat(101));
  const dialog = page.getByRole('dialog', { name: '101 lines' });
  await expect(dialog.getByText('At most 100 tasks can be added at once')).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep as one line' }).click();
  await expect(input).toHaveValue(/^(line ){100}line$/);
  expect(await titlesOf(person)).toEqual([]);
});
