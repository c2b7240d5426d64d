import { filesAreKept } from './kept';
import { expect, type Person, test } from './person';
import { violations } from './axe';

const bar = (person: Person) => person.page.getByRole('toolbar', { name: 'Selected tasks' });

async function make(person: Person, count: number, fields: object = {}): Promise<void> {
  for (let first = 1; first <= count; first += 100) {
    const titles = Array.from({ length: Math.min(100, count - first + 1) }, (_, at) => `Task ${first + at}`);
    const operations = titles.map((title) => ({ op: 'create', data: { title, ...fields } }));
    await person.api('POST', '/tasks/bulk', { operations });
  }
}

async function total(person: Person, query: string): Promise<number> {
  return ((await person.api('GET', `/tasks?limit=1&${query}`)) as { total: number }).total;
}

test('all tasks of a view are selected, completed but for one, and reopened by one undo', async ({ person }) => {
  const { page } = person;
  await make(person, 250);
  await person.open('all');
  await person.title('Task 250').focus();
  await page.keyboard.press('Control+a');
  await expect(bar(person)).toContainText('250 selected');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('x');
  await expect(bar(person)).toContainText('249 selected');
  await bar(person).getByRole('button', { name: 'Complete' }).click();
  await expect(page.getByText('249 tasks completed')).toBeVisible();
  expect(await total(person, 'status=completed')).toBe(249);
  await expect(page.locator('[data-title]')).toHaveText(['Task 250']);
  await page.keyboard.press('Control+z');
  await expect.poll(() => total(person, 'status=pending')).toBe(250);
  await expect(person.title('Task 249')).toBeVisible();
});

test('keys of the list are for all selected tasks, loaded or not', async ({ person }) => {
  const { page } = person;
  await make(person, 120);
  await person.open('all');
  await person.title('Task 120').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('1');
  await expect(page.getByText('120 tasks changed to high priority')).toBeVisible();
  await expect.poll(() => total(person, 'priority=High')).toBe(120);
});

test('tags are added to and removed from the selected tasks, and their dates removed', async ({ person }) => {
  const { page } = person;
  await make(person, 2, { due_date: '2031-05-01', tags: ['old'] });
  await person.open('all');
  await person.title('Task 2').focus();
  await page.keyboard.press('Control+a');
  await bar(person).getByRole('button', { name: 'Tags' }).click();
  await page.getByLabel('Add a tag').last().fill('new');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect.poll(() => total(person, 'tags=new&tags=old&tags_match=all')).toBe(2);
  await page.keyboard.press('Control+a');
  await bar(person).getByRole('button', { name: 'Tags' }).click();
  await page.getByRole('button', { name: 'Remove: #old' }).click();
  await expect.poll(() => total(person, 'tags=old')).toBe(0);
  await page.keyboard.press('Control+a');
  await bar(person).getByRole('button', { name: 'No date' }).click();
  await expect.poll(() => person.task(1)).toMatchObject({ due_date: null });
});

test('the trash is emptied once it is confirmed, and cannot be undone', async ({ person }) => {
  const { page } = person;
  await make(person, 3);
  await person.api('POST', '/tasks/bulk', { operations: [1, 2].map((id) => ({ op: 'delete', id })) });
  await person.open('trash');
  await page.getByRole('button', { name: 'Empty trash' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete 2 tasks for good?' });
  await expect(dialog).toContainText('This cannot be undone.');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Task 1')).toBeVisible();
  await page.getByRole('button', { name: 'Empty trash' }).click();
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('2 tasks deleted for good')).toBeVisible();
  await expect(page.getByText('The trash is empty.')).toBeVisible();
  await expect.poll(() => total(person, 'status=deleted')).toBe(0);
  await page.keyboard.press('Control+z');
  await expect(page.getByText('There is nothing to undo')).toBeVisible();
  expect(await total(person, 'status=all')).toBe(1);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the bar scrolls to its last action', async ({ person }) => {
    await make(person, 2);
    await person.open('all');
    await person.title('Task 2').focus();
    await person.page.keyboard.press('Control+a');
    await bar(person).getByRole('button', { name: 'Trash' }).scrollIntoViewIfNeeded();
    await expect(bar(person).getByRole('button', { name: 'Trash' })).toBeInViewport();
    await expect(bar(person).getByRole('button', { name: 'End the selection' })).toBeInViewport();
  });
});

test('tags that two devices add to the same tasks are both kept', async ({ person, context }) => {
  const { page } = person;
  await make(person, 2);
  await person.open('all');
  await filesAreKept(page);
  await person.title('Task 2').focus();
  await context.setOffline(true);
  await page.keyboard.press('Control+a');
  await bar(person).getByRole('button', { name: 'Tags' }).click();
  await page.getByLabel('Add a tag').last().fill('here');
  await page.keyboard.press('Enter');
  const details = await person.details('Task 1');
  await person.property(details, 'Tags').then((editor) => editor.getByRole('combobox').fill('alone'));
  await page.keyboard.press('Enter');
  for (const id of [1, 2]) await person.api('PATCH', `/tasks/${id}`, { tags: ['elsewhere'] });
  await context.setOffline(false);
  await expect.poll(async () => (await person.task(2))?.tags).toEqual(['elsewhere', 'here']);
  await expect.poll(async () => (await person.task(1))?.tags).toEqual(['elsewhere', 'here', 'alone']);
});
