import { violations } from './axe';
import { expect, type Person, test } from './person';

const chips = (person: Person) => person.page.getByRole('list', { name: 'From this view' });
const headings = (person: Person) => person.page.getByRole('list', { name: 'Tasks' }).getByRole('heading');

/** The heading that empty days in a row share. */
const emptyDays = (person: Person) => headings(person).getByRole('button', { name: /^\w{3} \d+.* – \w{3} \d+/ });

function dayFromNow(days: number): string {
  return new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Berlin' }).format(Date.now() + days * 86_400_000);
}

test('Today and Upcoming start with what is overdue, and the numbers beside them agree', async ({ person }) => {
  const { page } = person;
  const passed = new Date(Date.now() - 60_000).toISOString();
  for (const [title, due_date] of Object.entries({ Passed: passed, 'All day': dayFromNow(0), Next: dayFromNow(1) }))
    await person.api('POST', '/tasks', { title, due_date, time_zone: 'Europe/Berlin' });
  const views = page.getByRole('navigation', { name: 'Views' });
  for (const [view, titles] of Object.entries({
    Today: ['Passed', 'All day'],
    Upcoming: ['Passed', 'All day', 'Next'],
  })) {
    await views.getByRole('link', { name: view }).click();
    await expect(page.locator('[data-title]')).toHaveText(titles);
    await expect(headings(person).first()).toHaveText('Overdue');
    await expect(headings(person).nth(1)).toContainText('Today');
    await expect(views.getByRole('link', { name: view })).toHaveText(new RegExp(`${titles.length}$`));
  }
});

test('the first task of a new account stays in sight in Today', async ({ person }) => {
  await person.page.getByLabel('New task').fill('Buy milk');
  await expect(chips(person)).toHaveText('Today');
  await person.page.getByLabel('New task').press('Enter');
  await expect(person.title('Buy milk')).toBeVisible();
  await expect.poll(() => person.task(1)).toMatchObject({ title: 'Buy milk', due_date: dayFromNow(0) });
});

test('the date of the view can be removed, and another date in the text wins', async ({ person }) => {
  const { page } = person;
  await page.getByLabel('New task').fill('Some day');
  await chips(person).getByRole('button', { name: 'Remove: Today' }).click();
  await expect(chips(person)).toBeHidden();
  await page.getByLabel('New task').press('Enter');
  await expect(page.getByText('“Some day” added to All')).toBeVisible();
  await page.getByLabel('New task').fill('Dentist tomorrow');
  await expect(page.getByRole('list', { name: 'Understood' })).toBeVisible();
  await expect(chips(person)).toBeHidden();
  await page.getByLabel('New task').press('Enter');
  await expect(page.getByText('“Dentist” added to Upcoming')).toBeVisible();
  await page.getByRole('button', { name: 'Show' }).last().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Upcoming' })).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Task details' }).getByLabel('Title')).toHaveValue('Dentist');
  await expect(person.title('Dentist')).toBeInViewport();
  await expect
    .poll(() => person.api('GET', '/tasks?sort=title'))
    .toMatchObject({ items: [{ due_date: dayFromNow(1) }, { due_date: null }] });
});

test('the details of a new task are shown though it is not saved yet, and stay open when it is', async ({ person }) => {
  const { page } = person;
  let save = () => {};
  const saved = new Promise<void>((resolve) => (save = resolve));
  await page.route('**/api/*/tasks', async (route) => {
    if (route.request().method() === 'POST') await saved;
    await route.continue();
  });
  await page.getByLabel('New task').fill('Dentist tomorrow');
  await expect(page.getByRole('list', { name: 'Understood' })).toBeVisible();
  await page.getByLabel('New task').press('Enter');
  await page.getByRole('button', { name: 'Show' }).click();
  const details = page.getByRole('complementary', { name: 'Task details' });
  await expect(details).toContainText('New task');
  await expect(details.getByLabel('Title')).toHaveValue('Dentist');
  save();
  await expect(details).toContainText('Task 1');
  await expect(details.getByLabel('Title')).toHaveValue('Dentist');
  await expect(page).toHaveURL(/\/upcoming\?task=1$/);
});

test('a task is added under the heading of a day, and with the tag of the view', async ({ person }) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'Now', due_date: dayFromNow(0) });
  await person.open('upcoming');
  await emptyDays(person).click();
  await page
    .getByRole('button', { name: /^Add a task on/ })
    .nth(3)
    .click();
  await expect(page.getByLabel('New task')).toBeFocused();
  await expect(chips(person).getByRole('listitem')).toHaveCount(1);
  await person.add('On that day');
  await expect(chips(person)).toHaveCount(0);
  await expect.poll(() => person.task(2)).toMatchObject({ due_date: dayFromNow(3) });
  await person.open('tag?name=home');
  await person.add('Tagged');
  await expect(person.title('Tagged')).toBeVisible();
  await expect.poll(() => person.task(3)).toMatchObject({ tags: ['home'], due_date: null });
});

test('empty days in a row share a heading, which opens to one for each day', async ({ person }) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'In three days', due_date: dayFromNow(3) });
  await person.open('upcoming');
  await expect(headings(person)).toHaveCount(4); // today, two empty days, the day of the task, three empty days
  await expect(emptyDays(person)).toHaveCount(2);
  await emptyDays(person).first().focus();
  await page.keyboard.press('Enter');
  await expect(headings(person)).toHaveCount(5);
  await expect(page.getByRole('button', { name: /^Add a task on/ }).nth(1)).toBeFocused();
  await person.api('POST', '/tasks', { title: 'Tomorrow', due_date: dayFromNow(1) });
  await expect(person.title('Tomorrow')).toBeVisible();
  await expect(headings(person)).toHaveCount(5);
});

test('an empty view says so, and offers what one can do', async ({ person }) => {
  const { page } = person;
  for (const [view, sentence, action] of [
    ['today', 'Nothing is due today.', 'Add a task'],
    ['upcoming', 'Nothing is planned.', 'Add a task'],
    ['overdue', 'Nothing is overdue.', 'Go to Upcoming'],
    ['completed', 'Nothing is completed yet.', 'Go to Today'],
    ['all?priority=High', 'No results', 'Show all tasks'],
  ] as const) {
    await person.open(view);
    await expect(page.getByRole('status').filter({ hasText: sentence })).toBeVisible();
    await expect(page.getByRole('main').getByRole('button', { name: action })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Show all tasks' }).click();
  await expect(page.getByText('No open tasks')).toBeVisible();
  await page.getByRole('button', { name: 'Add a task' }).click();
  await expect(page.getByLabel('New task')).toBeFocused();
});

test('a task becomes overdue, and a day ends, without a reload', async ({ person }) => {
  const { page } = person;
  const views = page.getByRole('navigation', { name: 'Views' });
  await person.api('POST', '/tasks', { title: 'Soon', due_date: new Date(Date.now() + 5000).toISOString() });
  await person.open('today');
  await expect(headings(person).first()).toHaveText('Overdue', { timeout: 30_000 });
  await person.open('completed');
  await person.api('POST', '/tasks', { title: 'Later', due_date: new Date(Date.now() + 5000).toISOString() });
  await expect(views.getByRole('link', { name: 'Overdue' })).toHaveText(/2$/, { timeout: 30_000 });
});

test('the numbers agree with the rows while changes wait to be sent', async ({ person, context }) => {
  const { page } = person;
  const views = page.getByRole('navigation', { name: 'Views' });
  await person.add('One #home');
  await person.open('all');
  await expect(page.getByRole('heading', { level: 1 }).locator('..')).toContainText('1 task');
  await context.setOffline(true);
  await person.complete('One');
  await expect(page.getByText('No open tasks')).toBeVisible();
  await expect(views.getByRole('link', { name: 'All' })).toHaveText('All');
  await expect(views.getByRole('link', { name: 'Today' })).toHaveText('Today');
  await expect(views.getByRole('link', { name: 'home' })).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 }).locator('..')).toContainText('0 tasks');
  await context.setOffline(false);
  await expect.poll(() => person.task(1)).toMatchObject({ status: 'completed' });
  await expect(views.getByRole('link', { name: 'All' })).toHaveText('All');
});

test('a search finds what is added during it, here and elsewhere', async ({ person }) => {
  const { page } = person;
  await person.open('all');
  await page.getByLabel('Search in this list').fill('milk');
  await expect(page.getByText('No results')).toBeVisible();
  await person.add('Buy milk');
  await expect(person.title('Buy milk')).toBeVisible();
  await person.api('POST', '/tasks', { title: 'Sell milk' });
  await expect(person.title('Sell milk')).toBeVisible();
  await expect(page.getByText('No results')).toHaveCount(0);
});

test('the command palette says that nothing is found only when nothing is', async ({ person }) => {
  const { page } = person;
  await person.add('Überraschung');
  await page.keyboard.press('Escape');
  await page.locator('main').focus();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await palette.getByRole('combobox').fill('uberaschung');
  await expect(palette.getByRole('option', { name: 'Überraschung' })).toBeVisible();
  await expect(palette.getByText('No results')).toHaveCount(0);
  await palette.getByRole('combobox').fill('xylophone');
  await expect(palette.getByText('No results')).toBeVisible();
});

test('quick-add is above lists of open tasks; elsewhere its key opens it in a sheet', async ({ person }) => {
  const { page } = person;
  const input = page.getByRole('textbox', { name: 'New task' });
  const sheet = page.getByRole('dialog', { name: 'New task' });
  for (const view of ['today', 'upcoming', 'overdue', 'all', 'tag?name=home']) {
    await person.open(view);
    await expect(input, view).toBeVisible();
  }
  for (const view of ['completed', 'trash', 'search?q=a', 'activity', 'settings']) {
    await person.open(view);
    await expect(input, view).toHaveCount(0);
  }
  await page.keyboard.press('q');
  await page.keyboard.type('Call Ann tomorrow'); // immediately: the sheet is still loading
  await expect(input).toHaveValue('Call Ann tomorrow');
  await expect(sheet.getByRole('list', { name: 'Understood' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect.poll(() => person.api('GET', '/tasks')).toMatchObject({ items: [{ title: 'Call Ann' }] });
  await expect(page.getByText('“Call Ann” added to Upcoming')).toBeVisible();
  await page.keyboard.type('A draft');
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(page.locator('#main')).toBeFocused();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(input).toHaveValue('A draft');
});
