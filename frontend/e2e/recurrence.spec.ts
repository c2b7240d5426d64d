import { chooseDay, expect, test } from './person';

test('a rule shows its next dates and why they are so', async ({ person }) => {
  await person.api('POST', '/tasks', {
    title: 'Pay rent',
    due_date: '2027-01-31T09:00:00',
    time_zone: 'Europe/Berlin',
  });
  await person.open('all');
  const repeat = await person.property(await person.details('Pay rent'), 'Repeat');
  await repeat.getByLabel('Repeats', { exact: true }).selectOption('Monthly');
  const next = repeat.getByRole('region', { name: 'The next dates' });
  await expect(next.getByRole('listitem').first()).toContainText('28 Feb 2027');
  await expect(next.getByRole('listitem').first()).toContainText('February has no day 31, so the last day');
  await expect(next.getByRole('listitem').nth(1)).toContainText('31 Mar 2027');
  await repeat.getByLabel('Ends').selectOption('after a number of times');
  await repeat.getByLabel('Times').fill('3');
  await expect(next).toContainText('Then it ends'); // while typing, before it is saved
  await repeat.getByLabel('Times').blur();
  await expect.poll(() => person.task(1)).toMatchObject({ recurrence_pattern: 'monthly', recurrence: { count: 3 } });
});

test('a weekday of the month is understood, changed and explained, and the next task is on it', async ({ person }) => {
  const { page } = person;
  await person.add('Book club every second tuesday of the month');
  await person.open('all');
  const repeat = await person.property(await person.details('Book club'), 'Repeat');
  await expect(repeat.getByLabel('Which one in the month')).toHaveValue('2');
  await repeat.getByLabel('Which one in the month').selectOption('last');
  await repeat.getByLabel('Weekday', { exact: true }).selectOption('Friday');
  const next = repeat.getByRole('region', { name: 'The next dates' });
  await expect(next.getByRole('listitem').nth(1)).toContainText(/Fri.* – the last Friday of/);
  await expect
    .poll(() => person.task(1))
    .toMatchObject({ rrule: 'FREQ=MONTHLY;BYDAY=-1FR', recurrence: { weekdays: ['-1FR'] } });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await person.complete('Book club');
  await expect.poll(() => person.task(2)).toMatchObject({ slot: 1, rrule: 'FREQ=MONTHLY;BYDAY=-1FR' });
  const due = String((await person.task(2))?.due_date);
  expect(new Date(due).getDay()).toBe(5);
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
  const time = (await person.property(await person.details('Review'), 'Date')).getByLabel('Time', { exact: true });
  await time.fill('11:00');
  await time.press('Enter');
  await page.getByRole('button', { name: 'This and following tasks' }).click();
  await expect(page.locator('time', { hasText: '1 Mar 2027' })).toContainText('11:00');
  await person.complete('Review');
  await expect(page.locator('time', { hasText: '2 Mar 2027' })).toContainText('11:00');
});

test('to end a series, or only to skip one, is asked wherever one is put into the trash', async ({ person }) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'Stretch', due_date: '2027-03-01', recurrence_pattern: 'daily' });
  await person.open('all');
  await person.title('Stretch').focus();
  await page.keyboard.press('Delete');
  const question = page.getByRole('dialog', { name: 'Move “Stretch” to the trash?' });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: 'Only this one' }).click();
  await expect(page.locator('time', { hasText: '2 Mar 2027' })).toBeVisible(); // the successor is created
  await person.title('Stretch').focus();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'This and following tasks' }).click();
  await expect(page.getByText('No open tasks')).toBeVisible();
});

test('a series that was put into the trash comes back whole, with every occurrence that was open', async ({
  person,
}) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'Stretch', due_date: '2027-03-01', recurrence_pattern: 'daily' });
  await person.api('PATCH', '/tasks/1/complete');
  await expect.poll(() => person.api('GET', '/tasks?status=pending')).toMatchObject({ items: [{ id: 2 }] });
  await person.api('PATCH', '/tasks/2', { title: 'Stretch well' });
  await person.api('PATCH', '/tasks/1/reopen');
  await person.open('all?sort=due_date');
  await expect(page.locator('[data-title]')).toHaveText(['Stretch', 'Stretch well']);
  await person.title('Stretch').first().focus();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'This and following tasks' }).click();
  await expect(page.getByText('No open tasks')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.locator('[data-title]')).toHaveText(['Stretch', 'Stretch well']);
});

test('a step is not undone in part: what was changed since stays, and the reason is told', async ({ person }) => {
  const { page } = person;
  for (const title of ['One', 'Two']) await person.add(title);
  await person.open('all?sort=title');
  await person.title('One').focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('toolbar', { name: 'Selected tasks' }).getByRole('button', { name: 'Complete' }).click();
  await expect(page.getByText('No open tasks')).toBeVisible();
  await expect.poll(() => person.api('GET', '/tasks?status=completed')).toMatchObject({ total: 2 });
  await person.api('PATCH', '/tasks/1', { title: 'One more' });
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.getByText(/^Undo: not done\. .*“One more” changed since/)).toBeVisible();
  expect(await person.api('GET', '/tasks?status=completed')).toMatchObject({ total: 2 });
});

test('to move one alone, or all that follow, is asked wherever one is moved, and once for many', async ({ person }) => {
  const { page } = person;
  const daily = { due_date: '2027-03-01', recurrence_pattern: 'daily' };
  const dueDates = async () => {
    const { items } = (await person.api('GET', '/tasks?sort=title')) as { items: { due_date: string }[] };
    return items.map((task) => task.due_date);
  };
  await person.api('POST', '/tasks', { title: 'Stretch', ...daily });
  await person.api('POST', '/tasks', { title: 'Walk' });
  await person.open('all?sort=title');
  await person.title('Stretch').focus();
  await page.keyboard.press('m');
  await expect(page.getByRole('dialog', { name: 'Change “Stretch”?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(person.title('Stretch')).toBeFocused();
  await page.keyboard.press('Control+a');
  const bar = page.getByRole('toolbar', { name: 'Selected tasks' });
  await bar.getByRole('button', { name: 'On a day' }).click();
  await chooseDay(page, 10, 'April 2027');
  const many = page.getByRole('dialog', { name: 'Change 2 tasks?' });
  await many.getByRole('button', { name: 'These and following tasks' }).click();
  await expect(page.locator('time', { hasText: '10 Apr 2027' })).toHaveCount(2);
  await expect.poll(dueDates).toEqual(['2027-04-10', '2027-04-10']);
  await person.complete('Stretch');
  await expect(page.locator('time', { hasText: '11 Apr 2027' })).toBeVisible(); // later occurrences have moved too
  await person.open('upcoming');
  await person.title('Stretch').dragTo(page.locator('h2[data-day]').first());
  await page.getByRole('button', { name: 'Only this one' }).click();
  await expect(page.getByText(/^“Stretch” moved to /)).toBeVisible();
  await expect.poll(async () => (await dueDates())[0]).not.toBe('2027-04-11');
});
