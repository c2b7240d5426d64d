import { expect, test } from './person';

test('a rule shows its next dates and why they are so', async ({ person }) => {
  await person.api('POST', '/tasks', {
    title: 'Pay rent',
    due_date: '2027-01-31T09:00:00',
    time_zone: 'Europe/Berlin',
  });
  await person.open('all');
  const details = await person.details('Pay rent');
  await details.getByLabel('Repeats', { exact: true }).selectOption('Monthly');
  const next = details.getByRole('region', { name: 'The next dates' });
  await expect(next.getByRole('listitem').first()).toContainText('28 Feb 2027');
  await expect(next.getByRole('listitem').first()).toContainText('February has no day 31, so the last day');
  await expect(next.getByRole('listitem').nth(1)).toContainText('31 Mar 2027');
  await details.getByLabel('Ends').selectOption('after a number of times');
  await details.getByLabel('Times').fill('3');
  await details.getByLabel('Times').blur();
  await expect(next).toContainText('Then it ends');
  await expect
    .poll(() => person.api('GET', '/tasks/1'))
    .toMatchObject({ recurrence_pattern: 'monthly', recurrence: { count: 3 } });
});

test('completing one brings the next, without a reload; taking that back takes it away', async ({ person }) => {
  const { page } = person;
  await person.api('POST', '/tasks', {
    title: 'Water plants',
    due_date: '2027-01-31T09:00:00',
    recurrence_pattern: 'monthly',
  });
  await person.open('all');
  await person.complete('Water plants');
  await expect(page.locator('time', { hasText: '28 Feb 2027' })).toBeVisible();
  await page.getByRole('heading', { name: 'All' }).click();
  await page.keyboard.press('Control+z');
  await expect(page.locator('time', { hasText: '31 Jan 2027' })).toBeVisible();
  await expect(page.locator('time', { hasText: '28 Feb 2027' })).toHaveCount(0);
});

test('a new date of one that repeats asks whether the series moves, too', async ({ person }) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'Review', due_date: '2027-03-01T09:00:00', recurrence_pattern: 'daily' });
  await person.open('all');
  const details = await person.details('Review');
  await details.getByLabel('At', { exact: true }).fill('11:00');
  await details.getByLabel('At', { exact: true }).blur();
  await page.getByRole('button', { name: 'This one and all that follow' }).click();
  await expect(page.locator('time', { hasText: '11:00' })).toBeVisible();
  await person.complete('Review');
  await expect(page.locator('time', { hasText: '2 Mar 2027' })).toContainText('11:00');
});

test('to end a series, or only to skip one, is asked wherever one is put into the trash', async ({ person }) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'Stretch', due_date: '2027-03-01', recurrence_pattern: 'daily' });
  await person.open('all');
  await person.title('Stretch').focus();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'This one alone' }).click();
  await expect(page.locator('time', { hasText: '2 Mar 2027' })).toBeVisible(); // the next one is made
  await person.title('Stretch').focus();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'This one and all that follow' }).click();
  await expect(page.getByText('No open tasks')).toBeVisible();
});
