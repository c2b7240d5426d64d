import type { Page } from '@playwright/test';
import { chooseDay, expect, test } from './person';

test('what is typed is understood, shown, set right, and saved so', async ({ person }) => {
  const { page } = person;
  const input = page.getByLabel('New task');
  const understood = page.getByRole('list', { name: 'Understood' });
  await input.fill('pay rent every month on the last day 9am #home p1 remind 1d');
  await expect(understood.getByRole('button', { name: 'Change: every month on the last day' })).toBeVisible();
  await expect(understood.getByText('#home')).toBeVisible();
  await expect(understood.getByText('Remind 1 day before')).toBeVisible();
  await understood.getByRole('button', { name: 'Change: High priority' }).click();
  await page.getByRole('radio', { name: 'Low' }).check();
  await page.keyboard.press('Escape');
  await understood.getByRole('button', { name: 'Not meant: #home' }).click();
  await expect(understood.getByText('#home')).toHaveCount(0);
  await input.press('Enter');
  await person.open('all');
  const details = await person.details('pay rent #home');
  await expect(details.getByRole('button', { name: 'Priority: Low' })).toBeVisible();
  await expect(details.getByRole('button', { name: 'Repeat: Every month on the last day' })).toBeVisible();
  await expect(details.getByRole('button', { name: 'Reminders: 1 day before' })).toBeVisible();
  const repeat = await person.property(details, 'Repeat');
  await expect(repeat.getByLabel('Repeats', { exact: true })).toHaveValue('monthly');
  await expect(repeat.getByLabel('On', { exact: true })).toHaveValue('last_day');
});

test('what can be meant in two ways is asked', async ({ person }) => {
  const { page } = person;
  await page.getByLabel('New task').fill('dentist 3/4');
  await page.getByRole('button', { name: /which one is meant/ }).click();
  await page.getByRole('menuitemradio', { name: /Mar/ }).click();
  await page.getByLabel('New task').press('Enter');
  await expect
    .poll(() => person.api('GET', '/tasks'))
    .toMatchObject({ items: [{ title: 'dentist', due_date: expect.stringMatching(/-03-04$/) }] });
});

test('each view has its tasks, and the numbers beside it', async ({ person }) => {
  const { page } = person;
  await person.open('all');
  for (const text of ['Late yesterday', 'Now today #home', 'Next tomorrow', 'Some day', 'Done', 'Gone'])
    await person.add(text.replace('yesterday', ''));
  await expect.poll(() => person.api('GET', '/tasks')).toMatchObject({ total: 6 });
  await person.api('PATCH', '/tasks/1', { due_date: '2020-01-01' });
  await person.api('PATCH', '/tasks/5/complete');
  await person.api('DELETE', '/tasks/6');
  const views = page.getByRole('navigation', { name: 'Views' });
  for (const [view, titles] of Object.entries({
    Today: ['Late', 'Now'],
    Upcoming: ['Late', 'Now', 'Next'],
    Overdue: ['Late'],
    All: ['Some day', 'Next', 'Now', 'Late'],
    Completed: ['Done'],
    Trash: ['Gone'],
    home: ['Now'],
  })) {
    await views.getByRole('link', { name: view }).click();
    await expect(page.getByRole('list', { name: 'Tasks' }).locator('[data-title]')).toHaveText(
      titles.map((title) => new RegExp(`^${title}`)),
    );
  }
  await expect(views.getByRole('link', { name: 'All' })).toHaveText(/4$/);
  await expect(views.getByRole('link', { name: 'Overdue' })).toHaveText(/1$/);
  await expect(views.getByRole('link', { name: 'Today' })).toHaveText(/2$/);
  await expect(views.getByRole('link', { name: 'Upcoming' })).toHaveText(/3$/);
});

test('everything can be taken back, by the message or the keyboard', async ({ person }) => {
  const { page } = person;
  await person.open('all');
  await person.add('Buy milk');
  await person.complete('Buy milk');
  await expect(person.title('Buy milk')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(person.title('Buy milk')).toBeVisible();
  await person.title('Buy milk').focus();
  await page.keyboard.press('1');
  await expect(person.title('Buy milk')).toHaveAccessibleName('Buy milk, High priority');
  await page.keyboard.press('Delete');
  await expect(person.title('Buy milk')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(person.title('Buy milk')).toBeVisible();
  await expect(person.title('Buy milk')).toHaveAccessibleName('Buy milk, High priority');
  await page.keyboard.press('Control+z');
  await expect(person.title('Buy milk')).toHaveAccessibleName('Buy milk');
  await page.keyboard.press('Control+z'); // undoes the creation
  await expect(person.title('Buy milk')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(page.getByText('There is nothing to undo')).toBeVisible();
});

/** Completes a task, and returns how its row leaves: what it shows, and for how long. */
function leaving(page: Page, title: string) {
  return page.evaluate((name) => {
    const box = document.querySelector<HTMLElement>(`[role=checkbox][aria-label="Complete “${name}”"]`);
    const next = box?.closest('li')?.nextElementSibling;
    const start = performance.now();
    box?.click();
    return new Promise<{ ms: number; checked: string | null; moves: string; moving: string }>((resolve) => {
      const seen = { checked: null as string | null, moves: '', moving: '' };
      const look = () => {
        if (box?.isConnected) {
          seen.checked = box.getAttribute('aria-checked');
          if (next)
            [seen.moving, seen.moves] = [
              getComputedStyle(next).transitionProperty,
              getComputedStyle(next).transitionDuration,
            ];
          requestAnimationFrame(look);
        } else resolve({ ...seen, ms: performance.now() - start });
      };
      requestAnimationFrame(look);
    });
  }, title);
}

test('a completed row dwells, then leaves, and the rows below move up', async ({ person }) => {
  const { page } = person;
  for (const title of ['Third', 'Second', 'First']) await person.add(title);
  await person.open('all');
  await expect(person.title('Third')).toBeVisible();
  const { ms, ...seen } = await leaving(page, 'Second');
  expect(ms).toBeGreaterThan(390);
  expect(seen).toEqual({ checked: 'true', moving: expect.stringMatching(/^transform/), moves: '0.2s' });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const still = await leaving(page, 'First');
  expect(still.ms).toBeGreaterThan(390);
  expect(parseFloat(still.moves)).toBeLessThan(0.001);
  const details = await person.details('Third');
  expect(parseFloat(await details.evaluate((one) => getComputedStyle(one).animationDuration))).toBeLessThan(0.001);
});

test('an undo while a completed row dwells keeps it where it is', async ({ person }) => {
  const { page } = person;
  for (const title of ['Third', 'Second', 'First']) await person.add(title);
  await person.open('all');
  await expect(person.title('Third')).toBeVisible();
  const wasThere = await page.evaluate(() => {
    const box = document.querySelector<HTMLElement>('[role=checkbox][aria-label="Complete “Second”"]');
    box?.click();
    return new Promise<boolean>((resolve) =>
      setTimeout(() => {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true }));
        setTimeout(() => resolve(box?.isConnected ?? false), 900);
      }, 150),
    );
  });
  expect(wasThere).toBe(true);
  await expect(page.locator('[data-title]')).toHaveText(['First', 'Second', 'Third']);
  await expect(page.getByRole('checkbox', { name: 'Complete “Second”' })).not.toBeChecked();
  await expect.poll(() => person.api('GET', '/tasks?status=pending')).toMatchObject({ total: 3 });
});

test('a search finds as one types, and marks what it found', async ({ person }) => {
  const { page } = person;
  for (const title of ['Order groceries online', 'Café with Zoë', 'Write report']) await person.add(title);
  await person.open('all');
  await page.getByLabel('Search in this list').fill('cafe zo');
  await expect(page.locator('[data-title] mark')).toHaveText(['Café', 'Zo']);
  await expect(page.locator('[data-title]')).toHaveCount(1);
  await page.getByLabel('Search in this list').fill('nothing like that');
  await expect(page.getByText('No results')).toBeVisible();
  await page.getByLabel('Search in this list').press('Escape');
  await expect(page.locator('[data-title]')).toHaveCount(3);
});

test('filters and the order stand in the address', async ({ person }) => {
  const { page } = person;
  for (const text of ['Banana p3', 'apple p1', 'Cherry p1']) await person.add(text);
  await person.open('all');
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'High' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Sort' }).click();
  await page.getByRole('menuitemradio', { name: 'Title' }).click();
  await expect(page.locator('[data-title]')).toHaveText(['apple', 'Cherry']);
  await page.reload();
  await expect(page.locator('[data-title]')).toHaveText(['apple', 'Cherry']);
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(page.locator('[data-title]')).toHaveText(['apple', 'Banana', 'Cherry']);
});

test('many tasks are changed at once, and back', async ({ person }) => {
  const { page } = person;
  for (const title of ['One', 'Two', 'Three']) await person.add(title);
  await person.open('all?sort=title');
  await person.title('One').click({ modifiers: ['Control'] });
  await person.title('Two').click({ modifiers: ['Shift'] });
  const bar = page.getByRole('toolbar', { name: 'Selected tasks' });
  await expect(bar).toContainText('3 selected');
  await bar.getByRole('button', { name: 'Tomorrow' }).click();
  await expect(page.locator('time', { hasText: 'Tomorrow' })).toHaveCount(3);
  await page.keyboard.press('Control+a');
  await bar.getByRole('button', { name: 'Complete' }).click();
  await expect(page.getByText('No open tasks')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.locator('[data-title]')).toHaveCount(3);
});

test('a title is edited in its row, and everything else in the details', async ({ person }) => {
  const { page } = person;
  await person.add('Draft');
  await person.open('all');
  await person.title('Draft').dblclick();
  await page.getByRole('list', { name: 'Tasks' }).getByRole('textbox', { name: 'Title' }).fill('Final');
  await page.keyboard.press('Enter');
  const details = await person.details('Final');
  await expect(details.getByLabel('Title')).toHaveValue('Final');
  await details.getByLabel('Description').fill('With a description');
  await details.getByLabel('Description').blur();
  const tags = await person.property(details, 'Tags');
  await tags.getByPlaceholder('Add a tag').fill('home');
  await tags.getByPlaceholder('Add a tag').press('Enter');
  await tags.getByPlaceholder('Add a tag').fill('work');
  await details.getByText('Task 1').click(); // what was typed is added, though the editor closes
  await expect(details.getByRole('button', { name: 'Tags: home work' })).toBeVisible();
  await (await person.property(details, 'Date')).getByRole('button', { name: 'Tomorrow' }).click();
  await expect(details.getByRole('button', { name: 'Date: Tomorrow' })).toBeFocused();
  const date = await person.property(details, 'Date');
  await date.getByLabel('Time', { exact: true }).fill('2.30pm');
  await date.getByLabel('Time', { exact: true }).press('Enter');
  await expect(date.getByLabel('Time', { exact: true })).toHaveValue('14:30');
  await page.keyboard.press('Escape');
  await expect(details.getByRole('button', { name: 'Date: Tomorrow, 14:30' })).toBeFocused();
  const reminders = await person.property(details, 'Reminders');
  await reminders.getByLabel('Add a reminder').selectOption('1 hour before');
  await expect(reminders.getByRole('button', { name: 'Remove reminder: 1 hour before' })).toBeVisible();
  await reminders.getByLabel('Add a reminder').selectOption({ label: '1 day before at 18:00' });
  await page.keyboard.press('Escape');
  await expect(details.getByRole('button', { name: 'Reminders: 1 hour before 1 day before at 18:00' })).toBeVisible();
  await details.getByRole('button', { name: 'History' }).click();
  await expect(person.row('Final').getByText('work', { exact: true })).toBeVisible();
  await expect(details.getByRole('list').last()).toContainText('Draft → Final');
  await expect(details.getByText('by you, through the web page').first()).toBeVisible();
  await expect
    .poll(() => person.task(1))
    .toMatchObject({
      title: 'Final',
      description: 'With a description',
      tags: ['home', 'work'],
      reminders: [{ minutes_before: 60 }, { days_before: 1, time: '18:00' }],
    });
});

test('words in the details change the date, and keep what they do not mention', async ({ person }) => {
  await person.api('PUT', '/settings', { time_zone: 'Europe/Berlin', locale: 'en-GB' });
  await person.api('POST', '/tasks', { title: 'Dentist', due_date: '2031-03-06T14:30', reminders: [] });
  await person.open('all');
  const details = await person.details('Dentist');
  const words = (await person.property(details, 'Date')).getByLabel('Date in words');
  await expect(words).toBeFocused();
  await words.fill('at 16:00 remind 1h');
  await words.press('Enter');
  await expect(words).toHaveCount(0);
  await expect
    .poll(() => person.task(1))
    .toMatchObject({
      due_date: '2031-03-06T15:00:00Z',
      reminders: [{ minutes_before: 60 }],
    });
  const date = await person.property(details, 'Date');
  await words.fill('in a while');
  await words.press('Enter');
  await expect(date.getByText('“in a while” is not understood')).toBeVisible();
  await words.fill('3/4');
  await words.press('Enter');
  await date
    .getByRole('group', { name: /can be read in more than one way/ })
    .getByRole('button')
    .first()
    .click();
  await expect.poll(() => person.task(1)).toMatchObject({ due_date: expect.stringMatching(/-04-03T14:00:00Z$/) });
});

test('a double click edits the title, even if the browser goes back slowly', async ({ person }) => {
  const { page } = person;
  await person.add('Draft');
  await person.open('all');
  await page.evaluate(() => {
    const back = window.history.back.bind(window.history);
    window.history.back = () => void setTimeout(back, 500);
  });
  const editor = page.getByRole('list', { name: 'Tasks' }).getByRole('textbox', { name: 'Title' });
  for (const title of ['Draft', 'Final']) {
    await person.title(title).dblclick();
    await page.waitForURL((url) => !url.search);
    await expect(editor).toBeFocused();
    await editor.fill('Final');
    await editor.press('Enter');
    await expect(person.title('Final')).toBeFocused();
  }
});

test('a task is dragged to another day', async ({ person }) => {
  const { page } = person;
  await person.add('Move me tomorrow 9pm'); // 9pm today may have passed
  await person.open('upcoming');
  const empty = await page.getByRole('heading').getByRole('button', { name: /–/ }).boundingBox();
  const friday = page.locator('h2[data-day]').nth(3);
  await expect(page.locator('li[draggable=true]', { hasText: 'Move me' })).toBeVisible(); // dragging is loaded after the list
  await person.title('Move me').hover();
  await page.mouse.down();
  for (const x of [5, 10, 15]) await page.mouse.move((empty?.x ?? 0) + x, (empty?.y ?? 0) + 5); // shows each of the days
  const day = await friday.getAttribute('data-day');
  await friday.hover();
  await friday.hover(); // the browser fires drag events from the second move on
  const target = page.locator('li[data-target]').filter({ has: page.locator(`h2[data-day="${day}"]`) });
  await expect(target).toHaveCSS('box-shadow', /inset/);
  await page.mouse.up();
  await expect(page.locator('li[data-target]')).toHaveCount(0);
  await expect.poll(async () => (await person.task(1))?.due_date).toContain(day);
  await expect(page.getByText(/^“Move me” moved to \w{3},? \d+ \w{3}$/)).toBeVisible();
});

test('a task in the trash can be looked at, and comes back', async ({ person }) => {
  const { page } = person;
  await person.add('Old thing');
  await person.open('all');
  const details = await person.details('Old thing');
  await person.trash(details);
  await expect(details.getByLabel('Title')).toBeDisabled();
  await page.getByRole('link', { name: 'Trash' }).click();
  await person.details('Old thing');
  await expect(details.getByLabel('Title')).toHaveValue('Old thing');
  await details.getByRole('button', { name: 'Restore' }).click();
  await expect(person.title('Old thing')).toHaveCount(0);
  await page.getByRole('link', { name: 'All' }).click();
  await expect(person.title('Old thing')).toBeVisible();
});

test('a new task can be undone where it was typed, and two of the same are two', async ({ person }) => {
  const { page } = person;
  await person.open('all');
  await person.add('Twice');
  await person.add('Twice');
  await expect(person.title('Twice')).toHaveCount(2);
  await page.keyboard.press('Control+z');
  await expect(person.title('Twice')).toHaveCount(1);
  await expect.poll(() => person.api('GET', '/tasks')).toMatchObject({ total: 1 });
});

test('a task of another time zone goes to the day of the person', async ({ person }) => {
  await person.api('POST', '/tasks', { title: 'Call Tokyo', due_date: '2027-03-10T06:00:00', time_zone: 'Asia/Tokyo' });
  await person.open('all');
  await person.title('Call Tokyo').focus();
  await person.page.keyboard.press('m');
  await expect(person.page.locator('time', { hasText: 'Tomorrow 22:00' })).toBeVisible();
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 740 } });

  test('a finger that stays chooses a task, and what is chosen moves to a day', async ({ person }) => {
    const { page } = person;
    await person.add('Call mother');
    await person.open('all');
    // As on an iPhone, which fires no `contextmenu`.
    await page.evaluate(() =>
      document.addEventListener('contextmenu', (event) => event.stopImmediatePropagation(), true),
    );
    const box = await person.title('Call mother').boundingBox();
    const touchPoints = [{ x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 10 }];
    const browser = await page.context().newCDPSession(page);
    await browser.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
    const bar = page.getByRole('toolbar', { name: 'Selected tasks' });
    await expect(bar).toContainText('1 selected');
    await browser.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await bar.getByRole('button', { name: 'On a day' }).tap();
    await chooseDay(page, 10, 'April 2027');
    await expect(page.locator('time', { hasText: '10 Apr 2027' })).toBeVisible();
    await expect(page.getByRole('complementary', { name: 'Task details' })).toHaveCount(0);
    await person.title('Call mother').tap(); // a short touch opens it
    await expect(page.getByRole('complementary', { name: 'Task details' })).toBeVisible();
  });
});
