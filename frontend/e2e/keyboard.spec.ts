import { expect, test } from './person';

test('a day is planned without a mouse', async ({ person }) => {
  const { page } = person;
  const { keyboard } = page;
  await keyboard.press('g');
  await keyboard.press('a');
  await expect(page.getByRole('heading', { name: 'All' })).toBeVisible();
  for (const title of ['Third', 'Second', 'First']) {
    await keyboard.press('q');
    await keyboard.type(title);
    await keyboard.press('Enter');
    await expect(person.title(title)).toBeVisible();
    await keyboard.press('Escape');
  }
  await person.title('First').focus();
  await keyboard.press('j');
  await expect(person.title('Second')).toBeFocused();
  await keyboard.press('1');
  await keyboard.press('t');
  await expect(page.locator('time', { hasText: 'Today' })).toBeVisible();
  await keyboard.press('Space');
  await expect(person.title('Second')).toHaveCount(0);
  await expect(person.title('Third')).toBeFocused();
  await keyboard.press('e');
  await keyboard.type('Renamed');
  await keyboard.press('Enter');
  await expect(person.title('Renamed')).toBeFocused();
  await keyboard.press('Enter');
  const details = page.getByRole('complementary', { name: 'Task details' });
  await expect(details).toBeFocused();
  await keyboard.press('Escape');
  await expect(details).toHaveCount(0);
  await expect(person.title('Renamed')).toBeFocused();
  await keyboard.press('Shift+ArrowUp');
  await expect(page.getByRole('toolbar')).toContainText('2 selected');
  await keyboard.press('Delete');
  await expect(page.getByText('No open tasks')).toBeVisible();
  await keyboard.press('Control+z');
  await expect(page.locator('[data-title]')).toHaveCount(2);
});

test('the palette goes anywhere, and finds tasks', async ({ person }) => {
  const { page } = person;
  await person.add('Feed the cat');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('completed');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Completed' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('feed cat');
  await page.getByRole('option', { name: 'Feed the cat' }).click();
  await expect(page.getByRole('complementary', { name: 'Task details' }).getByLabel('Title')).toHaveValue(
    'Feed the cat',
  );
});

test('the search in the sidebar opens the palette', async ({ person }) => {
  await person.page.getByRole('button', { name: 'Search Ctrl K' }).click();
  await expect(person.page.getByRole('combobox')).toBeFocused();
});

test('the sheet lists the shortcuts', async ({ person }) => {
  await person.page.keyboard.press('?');
  const sheet = person.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toContainText('Complete or reopen');
  await person.page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});
