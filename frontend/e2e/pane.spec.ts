import { expect, test } from './person';
import { violations } from './axe';
import { holdRequests } from './slow';

test('D opens the date of the focused or open task, and words that are not applied yet are kept', async ({
  person,
}) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'Review', due_date: '2027-03-01T09:00:00', recurrence_pattern: 'daily' });
  await person.open('all');
  await person.title('Review').focus();
  await page.keyboard.press('d');
  await page.keyboard.type('2 april 2027 at 10:00'); // immediately: the editor is still loading
  const date = page.getByRole('dialog', { name: 'Date' });
  const words = date.getByLabel('Date in words');
  await expect(words).toHaveValue('2 april 2027 at 10:00');
  await page.getByRole('heading', { name: 'All' }).click();
  await expect(date).toHaveCount(0);
  await page.getByRole('button', { name: 'Close the details' }).click();
  await person.details('Review');
  await page.keyboard.press('d');
  await expect(words).toHaveValue('2 april 2027 at 10:00');
  await words.press('Enter');
  await page.getByRole('dialog', { name: 'Change “Review”?' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(words).toHaveValue('2 april 2027 at 10:00');
  await expect(words).toBeFocused();
  await words.press('Enter');
  await page.getByRole('button', { name: 'Only this one' }).click();
  await expect.poll(() => person.task(1)).toMatchObject({ due_date: '2027-04-02T08:00:00Z' });
  await expect(date).toHaveCount(0);
  await page.keyboard.press('d');
  await expect(words).toHaveValue('');
});

test('words are applied though the details were closed before the answer', async ({ person }) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'Dentist', due_date: '2031-03-06T14:30', reminders: [] });
  await person.open('all');
  const words = (await person.property(await person.details('Dentist'), 'Date')).getByLabel('Date in words');
  const { release } = await holdRequests(page, '**/tasks/parse');
  await words.fill('at 16:00');
  await words.press('Enter');
  await page.getByRole('heading', { name: 'All' }).click();
  await page.getByRole('button', { name: 'Close the details' }).click();
  release();
  await expect.poll(() => person.task(1)).toMatchObject({ due_date: '2031-03-06T15:00:00Z' });
});

test('a day is chosen with the keyboard, and the time stays', async ({ person }) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'Dentist', due_date: '2031-03-06T14:30', reminders: [] });
  await person.open('all');
  const details = await person.details('Dentist');
  const date = await person.property(details, 'Date');
  await expect(date.getByRole('grid', { name: 'March 2031' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(date.getByRole('button', { name: /\D6 March 2031/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => person.task(1)).toMatchObject({ due_date: '2031-03-13T13:30:00Z' });
  await page.keyboard.press('Escape');
  await expect(details.getByRole('button', { name: /^Date: .*13 Mar.*14:30/ })).toBeFocused();
});

test('a description is formatted, its links open elsewhere, and Enter edits the text', async ({ person }) => {
  const { page } = person;
  const description =
    'See **all** of https://example.com/offers\nand <b>reply</b>\n\n- [x] called\n- ![pic](https://example.com/p.png)';
  await person.api('POST', '/tasks', { title: 'Offers', description });
  await person.open('all');
  const details = await person.details('Offers');
  const text = details.getByRole('group', { name: 'Description' });
  await expect(text.locator('strong')).toHaveText('all');
  await expect(text).toContainText('<b>reply</b>');
  await expect(text.getByRole('checkbox', { name: 'Done' })).toBeChecked();
  await expect(text.locator('img, b')).toHaveCount(0);
  const link = text.getByRole('link', { name: 'https://example.com/offers' });
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', /noopener/);
  await text.focus();
  await page.keyboard.press('Enter');
  const field = details.getByRole('textbox', { name: 'Description' });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(description);
  await page.keyboard.type('!');
  await page.keyboard.press('Control+Enter');
  await expect(text).toBeFocused();
  await expect.poll(() => person.task(1)).toMatchObject({ description: `${description}!` });
  await text.getByText('reply').click();
  await field.fill('Plain');
  await page.goBack(); // closes the details without leaving the field
  await expect.poll(() => person.task(1)).toMatchObject({ description: 'Plain' });
});

test('Back closes an editor with the details, and what is typed in it is kept', async ({ person }) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'Dentist', due_date: '2031-03-06' });
  await person.open('all');
  const tags = await person.property(await person.details('Dentist'), 'Tags');
  await tags.getByPlaceholder('Add a tag').fill('health');
  await page.goBack();
  await expect.poll(() => person.task(1)).toMatchObject({ tags: ['health'] });
  const date = await person.property(await person.details('Dentist'), 'Date');
  await date.getByLabel('Time', { exact: true }).fill('14:30');
  await page.goBack();
  await expect.poll(() => person.task(1)).toMatchObject({ due_date: '2031-03-06T13:30:00Z' });
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  await expect(page.getByRole('heading', { level: 1, name: 'Upcoming' })).toBeVisible();
  await person.title('Dentist').focus();
  await page.keyboard.press('e');
  await page.keyboard.press('End');
  await page.keyboard.type(' Ann');
  await page.goBack();
  await expect.poll(() => person.task(1)).toMatchObject({ title: 'Dentist Ann' });
});

test('one walks through the list from the details', async ({ person }) => {
  const { page } = person;
  for (const title of ['Third', 'Second', 'First']) await person.api('POST', '/tasks', { title });
  await person.open('all');
  const details = await person.details('First');
  await expect(details).toBeFocused();
  await page.keyboard.press('j');
  await expect(details.getByLabel('Title')).toHaveValue('Second');
  await expect(details).toBeFocused();
  const next = details.getByRole('button', { name: 'Next task' });
  await next.click();
  await expect(details.getByLabel('Title')).toHaveValue('Third');
  await expect(next).toBeFocused();
  await expect(next).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('k');
  await expect(details.getByLabel('Title')).toHaveValue('Second');
  await page.keyboard.press('Escape');
  await expect(person.title('Second')).toBeFocused();
});

for (const height of [800, 500])
  test(`in a window of ${height} pixels an editor lies over the details, and the list stays in view`, async ({
    person,
  }) => {
    const { page } = person;
    await page.setViewportSize({ width: 1280, height });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await person.api('POST', '/tasks', {
      title: 'Pay rent',
      due_date: '2031-01-31T09:00:00',
      recurrence_pattern: 'monthly',
      reminder_lead_time: 60,
      tags: ['home'],
    });
    await person.open('all');
    const details = await person.details('Pay rent');
    for (const name of ['Date', 'Repeat', 'Reminders', 'Tags']) {
      const editor = await person.property(details, name);
      await expect(async () => {
        const [pane, box] = [await details.boundingBox(), await editor.boundingBox()]; // either may still move
        if (!pane || !box) throw new Error(`The details or ${name} have no place.`);
        expect(box.x, name).toBeGreaterThanOrEqual(pane.x);
        expect(box.x + box.width, name).toBeLessThanOrEqual(pane.x + pane.width);
        expect(box.y, name).toBeGreaterThanOrEqual(0);
        expect(box.y + box.height, name).toBeLessThanOrEqual(height);
      }).toPass({ timeout: 5000 });
      await page.keyboard.press('Escape');
      await expect(editor).toHaveCount(0);
    }
  });

test('at 1024 pixels the details leave the list its title and the field for a new task', async ({ person }) => {
  const { page } = person;
  await page.setViewportSize({ width: 1024, height: 768 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await person.add('Buy milk');
  const views = page.getByRole('navigation', { name: 'Views' });
  await expect(views).toBeVisible();
  await person.details('Buy milk');
  await expect(views).toBeHidden();
  const isCut = (one: HTMLElement) => one.scrollWidth > one.clientWidth;
  expect(await page.getByRole('heading', { level: 1 }).evaluate(isCut)).toBe(false);
  expect((await page.getByLabel('New task').boundingBox())?.width).toBeGreaterThan(400);
  await page.getByRole('button', { name: 'Open the menu' }).click();
  await expect(page.getByRole('dialog', { name: 'Views' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Close the details' }).click();
  await expect(views).toBeVisible();
});

for (const theme of ['light', 'dark'] as const)
  test(`axe finds nothing in the editors of the details in the ${theme}`, async ({ person }) => {
    const { page } = person;
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await person.api('POST', '/tasks', {
      title: 'Pay rent',
      description: 'See https://example.com and `code`\n\n- [ ] first',
      due_date: '2027-01-31T09:00:00',
      recurrence_pattern: 'monthly',
      reminder_lead_time: 60,
      tags: ['home'],
    });
    await person.open('all');
    const details = await person.details('Pay rent');
    await expect(details.getByRole('link')).toBeVisible();
    await details.getByRole('button', { name: 'History' }).click();
    await expect(details.getByText('Created')).toBeVisible();
    expect(await violations(page), 'details').toEqual([]);
    for (const name of ['Date', 'Repeat', 'Reminders', 'Tags']) {
      const editor = await person.property(details, name);
      if (name === 'Date') await expect(editor.getByRole('grid')).toBeVisible();
      expect(await violations(page), name).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(editor).toHaveCount(0);
    }
  });
