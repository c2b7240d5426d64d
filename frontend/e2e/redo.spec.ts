import { expect, test } from './person';

test('what was undone is redone by keys, in the page and on the server, and can be undone again', async ({
  person,
}) => {
  const { page } = person;
  await person.open('all');
  await person.add('Buy milk');
  await person.complete('Buy milk');
  await expect(page.getByText('“Buy milk” completed')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Undone: “Buy milk” completed')).toBeVisible();
  await expect(person.title('Buy milk')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(person.title('Buy milk')).toBeHidden();
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByText('Redone: “Buy milk” added')).toBeVisible();
  await expect(person.title('Buy milk')).toBeVisible();
  await page.keyboard.press('Control+y');
  await expect(page.getByText('Redone: “Buy milk” completed')).toBeVisible();
  await expect(person.title('Buy milk')).toBeHidden();
  await expect.poll(() => person.task(1)).toMatchObject({ status: 'completed' });
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(person.title('Buy milk')).toBeVisible();
  await expect.poll(() => person.task(1)).toMatchObject({ status: 'pending' });
});

test('a new change ends what could be redone', async ({ person }) => {
  const { page } = person;
  await person.open('all');
  await person.add('One');
  await page.keyboard.press('Control+z');
  await expect(person.title('One')).toBeHidden();
  await person.add('Two');
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByText('There is nothing to redo')).toBeVisible();
  await expect(person.title('One')).toBeHidden();
});

test('an undo before the change was sent, and its redo, leave one task', async ({ person }) => {
  const { page } = person;
  await person.open('all');
  await page.context().setOffline(true);
  await person.add('Offline');
  await page.keyboard.press('Control+z');
  await expect(person.title('Offline')).toBeHidden();
  await page.keyboard.press('Control+Shift+z');
  await expect(person.title('Offline')).toBeVisible();
  await page.context().setOffline(false);
  await expect.poll(() => person.api('GET', '/tasks')).toMatchObject({ total: 1, items: [{ title: 'Offline' }] });
});
