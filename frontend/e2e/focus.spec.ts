import { Assistant } from './assistant';
import type { Locator } from '@playwright/test';
import { expect, type Person, test } from './person';
import { holdRequests, holdScripts, slowProcessor } from './slow';

test.use({ serviceWorkers: 'block' });

async function withTasks(person: Person, ...titles: string[]): Promise<void> {
  await person.open('all'); // in Today, new tasks would be due today
  for (const title of titles.toReversed()) await person.add(title);
  await expect.poll(() => person.api('GET', '/tasks')).toMatchObject({ total: titles.length });
}

test.describe('before the scripts run', () => {
  /** Reloads the page, and shows it as the server has made it. */
  async function reloaded({ page }: Person): Promise<() => void> {
    const { release } = await holdRequests(page, '**/_next/static/**/*.js'); // its styles are loaded
    await page.reload({ waitUntil: 'commit' });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    return release;
  }

  test('shortcuts and what is typed after them are done when they do', async ({ person }) => {
    const { page } = person;
    const release = await reloaded(person);
    await page.keyboard.type('bqBuy milk');
    await page.keyboard.press('Enter');
    release();
    await expect(person.title('Buy milk')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Show the sidebar' })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'New task' })).toBeFocused();
  });

  test('each line that is typed in the field and sent is a task', async ({ person }) => {
    const { page } = person;
    const release = await reloaded(person);
    await page.getByRole('textbox', { name: 'New task' }).click();
    await page.keyboard.type('Buy milk');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Call mother');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Pay');
    release();
    await expect(person.title('Buy milk')).toBeVisible();
    await expect(person.title('Call mother')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'New task' })).toHaveValue('Pay');
  });

  test('what is typed in a field is understood, after a draft that was kept', async ({ person }) => {
    const { page } = person;
    const field = page.getByRole('textbox', { name: 'New task' });
    await field.fill('Buy milk');
    const release = await reloaded(person);
    await field.pressSequentially('tomorrow');
    release();
    await expect(field).toHaveValue('Buy milk tomorrow');
    await expect(page.getByRole('list', { name: 'Understood' })).toBeVisible();
  });

  test('a click on a button is done once, and Escape drops the keys', async ({ person }) => {
    const { page } = person;
    await person.open('settings');
    const release = await reloaded(person);
    await page.keyboard.type('gu');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Hide the sidebar' }).click();
    release();
    await expect(page.getByRole('button', { name: 'Show the sidebar' })).toBeVisible();
    await page.keyboard.press('b'); // the keys are those of the page again
    await expect(page.getByRole('button', { name: 'Hide the sidebar' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  });
});

test.describe('while a dialog is loading', () => {
  test('keys are for the palette, and the list does nothing', async ({ person }) => {
    const { page } = person;
    await withTasks(person, 'Buy tomatoes');
    const before = await person.api('GET', '/tasks');
    await person.open('all');
    const { release } = await holdScripts(page);
    await person.title('Buy tomatoes').focus();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('tomatq');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('o');
    release();
    const input = page.getByRole('combobox');
    await expect(input).toBeFocused();
    await expect(input).toHaveValue('tomato');
    await page.keyboard.type('es');
    await expect(input).toHaveValue('tomatoes');
    await page.keyboard.press('Escape');
    await expect(input).toHaveCount(0);
    await expect(person.title('Buy tomatoes')).toBeFocused();
    expect(await person.api('GET', '/tasks')).toEqual(before);
  });

  test('the palette runs what was typed ahead of it', async ({ person }) => {
    const { page } = person;
    await slowProcessor(page);
    const { release } = await holdScripts(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('completed');
    await page.keyboard.press('Enter');
    release();
    await expect(page.getByRole('heading', { name: 'Completed' })).toBeVisible();
    await expect(page.getByRole('combobox')).toHaveCount(0);
  });

  test('Escape gives it up, and the keys are those of the page again', async ({ person }) => {
    const { page } = person;
    await withTasks(person, 'Buy milk');
    await person.open('all');
    const { release } = await holdScripts(page);
    await person.title('Buy milk').focus();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('status').filter({ hasText: 'Loading' })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await expect(page.getByRole('button', { name: /High priority/ })).toBeVisible();
    release();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await expect(page.getByRole('combobox')).toHaveCount(0);
  });

  test('keys are for a menu', async ({ person }) => {
    const { page } = person;
    await withTasks(person, 'apple', 'Banana');
    await person.open('all');
    const { release } = await holdScripts(page);
    await page.getByRole('button', { name: 'Sort' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    release();
    await expect(page).toHaveURL(/sort=priority/);
    await expect(page.getByRole('menu')).toHaveCount(0);
  });

  test('keys are for the assistant', async ({ person }) => {
    const { page } = person;
    const { composer, log } = new Assistant(page);
    const { release } = await holdScripts(page);
    await page.keyboard.press('a');
    await page.keyboard.type('Add a task to buy groceries');
    release();
    await expect(composer).toBeFocused();
    await expect(composer).toHaveValue('Add a task to buy groceries');
    await page.keyboard.press('Enter');
    await expect(log.getByRole('group', { name: 'Added' })).toBeVisible();
  });

  test('keys are for the details of a task', async ({ person }) => {
    const { page } = person;
    await withTasks(person, 'Buy milk', 'Buy bread');
    await person.open('all');
    const { release } = await holdScripts(page);
    await person.title('Buy milk').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Delete');
    release();
    await expect(page.getByRole('complementary', { name: 'Task details' })).toBeFocused();
    await expect(person.title('Buy milk')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(person.title('Buy milk')).toBeFocused();
    expect(await person.api('GET', '/tasks')).toMatchObject({ total: 2 });
  });
});

test('a shortcut right after Escape is a shortcut, on a slow machine too', async ({ person }) => {
  const { page } = person;
  const { composer, panel } = new Assistant(page);
  test.slow();
  await slowProcessor(page);
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('assistant');
  await page.keyboard.press('Enter');
  await expect(composer).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(sheet).toBeVisible();
  await expect(panel).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test.describe('the keyboard finds the list', () => {
  for (const key of ['j', 'ArrowDown'])
    test(`by ${key} from a page that was just loaded, and after a view was changed`, async ({ person }) => {
      const { page } = person;
      await withTasks(person, 'First', 'Second');
      await person.open('all');
      await page.keyboard.press(key);
      await expect(person.title('First')).toBeFocused();
      await page.keyboard.press(key);
      await expect(person.title('Second')).toBeFocused();
      await page.keyboard.press('g');
      await page.keyboard.press('t');
      await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible();
      expect(await person.api('GET', '/tasks?status=today')).toMatchObject({ total: 0 }); // only T moves a task there
      await page.keyboard.press('g');
      await page.keyboard.press('a');
      await page.keyboard.press(key); // immediately: the view is still loading
      await expect(person.title('First')).toBeFocused();
    });

  test('Enter opens the first row', async ({ person }) => {
    const { page } = person;
    await withTasks(person, 'First', 'Second');
    await person.open('all');
    await page.keyboard.press('Enter');
    const details = page.getByRole('complementary', { name: 'Task details' });
    await expect(details.getByLabel('Title')).toHaveValue('First');
    await page.keyboard.press('Escape');
    await expect(details).toHaveCount(0);
    await expect(person.title('First')).toBeFocused();
  });

  test('by the arrow from the search and from the field for a new task, and after Escape there', async ({ person }) => {
    const { page } = person;
    await withTasks(person, 'First apple', 'Second pear', 'Third apple');
    await person.open('all');
    await page.keyboard.press('/');
    await page.keyboard.type('apple');
    await expect(page.locator('[data-title]')).toHaveCount(2);
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[data-title]').first()).toBeFocused();
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    await expect(page.locator('[data-title]')).toHaveCount(3);
    await page.keyboard.press('j');
    await expect(page.locator('[data-title]:focus')).toHaveCount(1);
    await page.keyboard.press('q');
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[data-title]:focus')).toHaveCount(1);
    await page.keyboard.press('q');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await expect(page.locator('[data-title]:focus')).toHaveCount(1);
  });

  test('when the row that had it is gone', async ({ person }) => {
    const { page } = person;
    await withTasks(person, 'First', 'Second', 'Third');
    await person.open('all');
    await page.getByRole('checkbox', { name: 'Complete “Second”' }).click();
    await expect(person.title('Second')).toHaveCount(0);
    await expect(person.title('Third')).toBeFocused();
  });
});

test.describe('in the details of a task', () => {
  const ways: Record<string, (person: Person) => Promise<void>> = {
    'Enter in the title': async ({ page }) => {
      const title = page.getByRole('complementary', { name: 'Task details' }).getByLabel('Title');
      await title.fill('Buy oat milk');
      await title.press('Enter');
      await expect(title).toBeFocused();
    },
    'Ctrl+Enter in the description': async ({ page }) => {
      await page.getByLabel('Description').fill('Two bottles');
      await page.getByLabel('Description').press('Control+Enter');
      await expect(page.getByLabel('Description')).toBeFocused();
    },
    'a date was taken away': async (person) => {
      const details = person.page.getByRole('complementary', { name: 'Task details' });
      await (await person.property(details, 'Date')).getByRole('button', { name: 'Tomorrow' }).click();
      await (await person.property(details, 'Date')).getByRole('button', { name: 'No date' }).click();
      await expect(details.getByRole('button', { name: /^Date/ })).toHaveCount(0);
      await expect(details.getByRole('button', { name: 'Add…' })).toBeFocused();
    },
    'a tag was taken off': async (person) => {
      const { page } = person;
      const details = page.getByRole('complementary', { name: 'Task details' });
      const tags = await person.property(details, 'Tags');
      await tags.getByPlaceholder('Add a tag').fill('home');
      await tags.getByPlaceholder('Add a tag').press('Enter');
      await tags.getByRole('button', { name: 'Take the tag home off' }).click();
      await expect(tags.getByRole('button', { name: 'Take the tag home off' })).toHaveCount(0);
      await page.keyboard.press('Escape');
      await expect(details.getByRole('button', { name: 'Add…' })).toBeFocused();
    },
    'it was moved to the trash': async (person) => {
      const details = person.page.getByRole('complementary', { name: 'Task details' });
      await person.trash(details);
      await details.getByRole('button', { name: 'Restore' }).click();
      await expect(details.getByRole('button', { name: 'Restore' })).toHaveCount(0);
    },
  };
  for (const [what, run] of Object.entries(ways))
    test(`Escape closes them after: ${what}`, async ({ person }) => {
      const { page } = person;
      await withTasks(person, 'Buy milk');
      await person.open('all');
      const details = await person.details('Buy milk');
      await expect(details).toBeFocused();
      await run(person);
      await page.keyboard.press('Escape');
      await expect(details).toHaveCount(0);
      await expect(page.locator('[data-title="1"]')).toBeFocused();
    });

  test('Escape takes back what is being typed first, then closes them', async ({ person }) => {
    const { page } = person;
    await withTasks(person, 'Buy milk');
    await person.api('PATCH', '/tasks/1', { due_date: '2030-01-01' });
    await person.open('all');
    const details = await person.details('Buy milk');
    const takesBack = async (field: Locator, before: string) => {
      await field.focus();
      await page.keyboard.type('x');
      await expect(field).not.toHaveValue(before);
      await page.keyboard.press('Escape');
      await expect(field).toHaveValue(before);
      await expect(field).toBeFocused();
    };
    await takesBack(details.getByLabel('Title'), 'Buy milk');
    await takesBack(details.getByLabel('Description'), '');
    const date = await person.property(details, 'Date');
    await takesBack(date.getByLabel('Date in words'), '');
    await takesBack(date.getByLabel('Time', { exact: true }), '');
    await page.keyboard.press('Escape');
    await expect(date).toHaveCount(0);
    await takesBack((await person.property(details, 'Tags')).getByPlaceholder('Add a tag'), '');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(details).toHaveCount(0);
    await expect(person.title('Buy milk')).toBeFocused();
    expect(await person.api('GET', '/tasks/1')).toMatchObject({ title: 'Buy milk', due_date: '2030-01-01', tags: [] });
  });
});
