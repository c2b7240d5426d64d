/** The assistant without a provider: its effects are checked in the list beside it. */
import { Assistant } from './assistant';
import { expect, type Person, test } from './person';

async function withTasks(person: Person, ...titles: string[]): Promise<Assistant> {
  for (const title of titles) await person.api('POST', '/tasks', { title });
  await person.open('all');
  const assistant = new Assistant(person.page);
  await assistant.open();
  return assistant;
}

test('the eight sentences do what they say', async ({ person }) => {
  test.slow();
  const assistant = await withTasks(person, 'Call mom', 'Team meeting', 'Dentist');

  await assistant.say('Add a task to buy groceries');
  await expect(assistant.card('Added', '4  Buy groceries')).toBeVisible();
  await expect(person.title('Buy groceries')).toBeVisible();

  await assistant.say('Show me all my tasks');
  for (const title of ['Call mom', 'Team meeting', 'Dentist', 'Buy groceries'])
    await expect(assistant.answer).toContainText(title);

  await assistant.say("What's pending?");
  await expect(assistant.answer).toContainText('Team meeting');

  await assistant.say('Mark task 3 as complete');
  await expect(assistant.card('Completed', 'Dentist')).toBeVisible();
  await expect(person.title('Dentist')).toHaveCount(0);

  await assistant.say('Delete the meeting task');
  const question = assistant.card(/into the trash\?$/, 'Team meeting');
  await expect(question).toBeVisible();
  await expect(person.title('Team meeting')).toBeVisible();
  await question.getByRole('button', { name: 'Approve' }).click();
  await expect(assistant.card('Deleted', 'Team meeting')).toBeVisible();
  await assistant.answered();
  await expect(question.getByRole('button')).toHaveCount(0);
  await expect(person.title('Team meeting')).toHaveCount(0);

  await assistant.say("Change task 1 to 'Call mom tonight'");
  await expect(assistant.card('Changed', 'Call mom tonight')).toBeVisible();
  await expect(person.title('Call mom tonight')).toBeVisible();

  await assistant.say('I need to remember to pay bills');
  await expect(person.title('Pay bills')).toBeVisible();

  await assistant.say('What have I completed?');
  await expect(assistant.answer).toContainText('Dentist');
  await expect(assistant.answer).not.toContainText('Pay bills');
});

test('what it did is taken back on its card, and what it asks can be refused', async ({ person }) => {
  const assistant = await withTasks(person, 'Team meeting');
  await assistant.say('Add a task to buy groceries');
  await expect(person.title('Buy groceries')).toBeVisible();
  await assistant.card('Added', 'Buy groceries').getByRole('button', { name: 'Undo' }).click();
  await expect(assistant.card('Undone', 'Buy groceries')).toBeVisible();
  await expect(person.title('Buy groceries')).toHaveCount(0);
  await assistant.answered();
  await assistant.say('Delete the meeting task');
  await assistant.card(/trash/, 'Team meeting').getByRole('button', { name: 'No', exact: true }).click();
  await expect(assistant.card(/trash/, 'Not done')).toBeVisible();
  await assistant.answered();
  await expect(person.title('Team meeting')).toBeVisible();
});

test('a conversation goes on after a reload, is called something else, and is deleted', async ({ person }) => {
  const { page } = person;
  let assistant = await withTasks(person);
  await assistant.say('Add a task to buy groceries');
  await expect(assistant.panel.getByRole('heading', { name: 'Add a task to buy groceries' })).toBeVisible();
  await person.open('all');
  assistant = new Assistant(page);
  await assistant.open();
  await expect(assistant.message('Add a task to buy groceries')).toBeVisible();
  await assistant.card('Added', 'Buy groceries').getByRole('button', { name: 'Undo' }).click();
  await expect(person.title('Buy groceries')).toHaveCount(0);
  await assistant.answered();

  const { panel } = assistant;
  await panel.getByRole('button', { name: 'New conversation' }).click();
  await panel.getByRole('button', { name: "What's pending?" }).click();
  await assistant.answered();
  await panel.getByRole('button', { name: 'Conversations' }).click();
  await expect(panel.getByRole('listitem')).toHaveCount(2);
  await panel.getByRole('button', { name: 'Rename “Add a task to buy groceries”' }).click();
  await panel.getByRole('textbox', { name: 'Title of the conversation' }).fill('Groceries');
  await page.keyboard.press('Enter');
  await panel.getByRole('button', { name: "Delete “What's pending?”" }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(panel.getByRole('listitem')).toHaveCount(1);
  await panel
    .getByRole('listitem')
    .getByRole('button', { name: /^Groceries/ })
    .click();
  await expect(panel.getByRole('heading', { name: 'Groceries' })).toBeVisible();
  await expect(assistant.card('Undone', 'Buy groceries')).toBeVisible();
});
