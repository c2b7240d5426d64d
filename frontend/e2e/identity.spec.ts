import { expect, type Person, test } from './person';
import { created, holdCreation, slowProcessor } from './slow';

/** Adds a task whose creation the server has not answered yet. */
async function addUnanswered(person: Person, title: string) {
  await person.open('all');
  const { release } = await holdCreation(person.page);
  await person.add(title);
  await expect(person.title(title)).toBeVisible();
  const answered = created(person.page);
  return async () => {
    release();
    await answered;
  };
}

const task = (person: Person, id = 1) => person.api('GET', `/tasks/${id}`);

test('a row keeps the focus when its task gets a number', async ({ person }) => {
  const { page } = person;
  const answer = await addUnanswered(person, 'Buy milk');
  await person.title('Buy milk').focus();
  await answer();
  await page.keyboard.press('1');
  await expect.poll(() => task(person)).toMatchObject({ priority: 'High' });
  await expect(person.title('Buy milk')).toBeFocused();
});

test('an open editor keeps its text when the task gets a number', async ({ person }) => {
  const { page } = person;
  const answer = await addUnanswered(person, 'Buy milk');
  await person.title('Buy milk').focus();
  await page.keyboard.press('e');
  await page.keyboard.type('Buy oat');
  await answer();
  await expect.poll(() => task(person)).toMatchObject({ title: 'Buy milk' });
  await page.keyboard.type(' milk');
  await page.keyboard.press('Enter');
  await expect.poll(() => task(person)).toMatchObject({ title: 'Buy oat milk' });
  await expect(person.title('Buy oat milk')).toBeFocused();
});

test('a click that begins before a task has a number and ends after it completes the task', async ({ person }) => {
  const { page } = person;
  const answer = await addUnanswered(person, 'Buy milk');
  await page.getByRole('checkbox', { name: 'Complete “Buy milk”' }).hover();
  await page.mouse.down();
  await answer();
  await expect.poll(() => task(person)).toMatchObject({ status: 'pending' });
  await page.waitForFunction(() => document.querySelector('[data-title]'));
  await page.mouse.up();
  await expect.poll(() => task(person)).toMatchObject({ status: 'completed' });
  await expect(person.title('Buy milk')).toHaveCount(0);
});

test('what is done to a task before it has a number is done to it', async ({ person }) => {
  const { page } = person;
  const answer = await addUnanswered(person, 'Buy milk');
  const details = await person.details('Buy milk');
  await expect(details.getByLabel('Title')).toHaveValue('Buy milk');
  await (await person.property(details, 'Priority')).getByRole('menuitemradio', { name: 'High' }).click();
  await details.getByLabel('Description').fill('Two bottles');
  await answer();
  await expect(page).toHaveURL(/task=1$/);
  await expect(details.getByLabel('Description')).toBeFocused();
  await expect(details.getByLabel('Description')).toHaveValue('Two bottles');
  await page.keyboard.type(' of oat milk');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => task(person)).toMatchObject({ priority: 'High', description: 'Two bottles of oat milk' });
  await details.getByRole('button', { name: 'History' }).click();
  await expect(details.getByRole('list').last()).toContainText('Two bottles');
});

test('a selection and the keyboard survive that tasks get numbers', async ({ person }) => {
  const { page } = person;
  await person.open('all');
  const { release } = await holdCreation(page);
  for (const title of ['Third', 'Second', 'First']) {
    await person.add(title);
    await expect(person.title(title)).toBeVisible();
  }
  await person.title('First').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  const bar = page.getByRole('toolbar', { name: 'Selected tasks' });
  await expect(bar).toContainText('2 selected');
  release();
  await expect.poll(() => person.api('GET', '/tasks')).toMatchObject({ total: 3 });
  await expect(bar).toContainText('2 selected');
  await expect(person.title('Second')).toBeFocused();
  await page.keyboard.press('Delete');
  await expect.poll(() => person.api('GET', '/tasks')).toMatchObject({ total: 1, items: [{ title: 'Third' }] });
  await expect(person.title('Third')).toBeFocused();
});

test('what was done to a task without a number survives a reload', async ({ person }) => {
  test.slow();
  const { page } = person;
  await addUnanswered(person, 'Buy milk');
  await person.title('Buy milk').click();
  await expect(page).toHaveURL(/task=-\d+$/);
  await page.getByRole('list', { name: 'Tasks' }).getByRole('checkbox', { name: 'Complete “Buy milk”' }).click();
  await page.unroute('**/api/*/tasks');
  await page.reload();
  await expect.poll(() => person.api('GET', '/tasks?status=all')).toMatchObject({ total: 1 });
  await expect.poll(() => task(person)).toMatchObject({ title: 'Buy milk', status: 'completed' });
  const details = page.getByRole('complementary', { name: 'Task details' });
  await expect(details.getByLabel('Title')).toHaveValue('Buy milk');
  await expect(page).toHaveURL(/task=1$/);
});

test('tasks that are completed as soon as they are added are completed, on a slow machine too', async ({ person }) => {
  test.slow();
  const { page } = person;
  await person.open('all');
  await slowProcessor(page);
  for (const title of ['One', 'Two', 'Three']) {
    await person.add(title);
    await person.complete(title);
    await expect(person.title(title)).toHaveCount(0);
  }
  await expect.poll(() => person.api('GET', '/tasks?status=completed')).toMatchObject({ total: 3 });
});

test.describe('a second click', () => {
  test('on a check circle completes no second task and reopens none', async ({ person }) => {
    test.slow();
    const { page } = person;
    for (const title of ['Third', 'Second', 'First']) await person.add(title);
    await expect.poll(() => person.api('GET', '/tasks')).toMatchObject({ total: 3 });
    await person.open('all');
    await slowProcessor(page);
    await page.getByRole('checkbox', { name: 'Complete “First”' }).dblclick();
    await expect(person.title('First')).toHaveCount(0);
    await expect.poll(() => person.api('GET', '/tasks?status=pending')).toMatchObject({ total: 2 });
    await page.getByRole('checkbox', { name: 'Complete “Second”' }).click();
    await page
      .getByRole('checkbox', { name: 'Complete “Second”' })
      .click({ timeout: 400 })
      .catch(() => undefined);
    await expect(person.title('Second')).toHaveCount(0);
    await expect
      .poll(() => person.api('GET', '/tasks?status=pending'))
      .toMatchObject({ total: 1, items: [{ title: 'Third', status: 'pending' }] });
  });

  test('on the button that restores a task changes nothing else', async ({ person }) => {
    const { page } = person;
    for (const title of ['Two', 'One']) await person.add(title);
    await expect.poll(() => person.api('GET', '/tasks')).toMatchObject({ total: 2 });
    for (const id of [1, 2]) await person.api('DELETE', `/tasks/${id}`);
    await person.open('trash');
    const [first] = await page.locator('[data-title]').allTextContents();
    await page.getByRole('button', { name: `Restore “${first ?? ''}”` }).dblclick();
    await expect(person.title(first ?? '')).toHaveCount(0);
    await expect.poll(() => person.api('GET', '/tasks')).toMatchObject({ total: 1, items: [{ status: 'pending' }] });
  });

  test('as a held key does nothing', async ({ person }) => {
    const { page } = person;
    for (const title of ['Third', 'Second', 'First']) await person.add(title);
    await expect.poll(() => person.api('GET', '/tasks')).toMatchObject({ total: 3 });
    await person.open('all');
    await person.title('First').focus();
    for (let times = 0; times < 4; times++) await page.keyboard.down('x');
    await page.keyboard.up('x');
    await expect(page.getByRole('toolbar', { name: 'Selected tasks' })).toContainText('1 selected');
    await page.keyboard.press('Escape');
    for (let times = 0; times < 4; times++) await page.keyboard.down('Space');
    await page.keyboard.up('Space');
    await expect(person.title('First')).toHaveCount(0);
    await expect(person.title('Second')).toBeFocused();
    await expect.poll(() => person.api('GET', '/tasks?status=pending')).toMatchObject({ total: 2 });
  });
});
