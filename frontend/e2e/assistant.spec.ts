import type { Locator } from '@playwright/test';
import { Assistant } from './assistant';
import { violations } from './axe';
import { expect, test } from './person';

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error('it is not to be seen');
  return box;
}

test('it opens in three ways, and the keyboard is where one goes on', async ({ person }) => {
  const { page } = person;
  const { panel, composer } = new Assistant(page);
  const button = page.getByRole('button', { name: 'Assistant', exact: true });
  await button.click();
  await expect(composer).toBeFocused();
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  await expect(panel.getByText(/^Answered by rules/)).toBeVisible();
  await page.keyboard.type('A draft');
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(button).toBeFocused();
  await page.keyboard.press('a');
  await expect(composer).toBeFocused();
  await expect(composer).toHaveValue('A draft');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('assistant');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox')).toHaveCount(0);
  await expect(composer).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Assistant');
});

for (const width of [1024, 1280, 1600])
  test(`it covers neither the list nor the details at ${width} pixels`, async ({ person }) => {
    const { page } = person;
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ reducedMotion: 'reduce' }); // boxes are where they will stay
    await person.add('Buy milk');
    await person.open('all');
    const assistant = new Assistant(page);
    await assistant.open();
    const details = await person.details('Buy milk');
    await expect(details).toBeInViewport({ ratio: 0.99 });
    await expect(assistant.panel).toBeInViewport({ ratio: 0.99 });
    const [a, b, list] = [await boxOf(details), await boxOf(assistant.panel), await boxOf(person.title('Buy milk'))];
    expect(a.x + a.width <= b.x || a.y + a.height <= b.y).toBe(true);
    expect(list.x + list.width).toBeLessThanOrEqual(Math.min(a.x, b.x));
    await details.press('Escape');
    await expect(details).toHaveCount(0);
    await expect(assistant.panel).toBeVisible();
  });

test('on a phone it takes the whole screen', async ({ person }) => {
  const { page } = person;
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const assistant = new Assistant(page);
  await assistant.open();
  const box = await boxOf(assistant.panel);
  expect([box.width, box.height]).toEqual([360, 740]);
  expect(await violations(page)).toEqual([]);
  await assistant.say('Add a task to buy groceries');
  await assistant.card('Added', 'Buy groceries').getByRole('button', { name: 'Buy groceries' }).click();
  await expect(page.getByRole('complementary', { name: 'Task details' })).toBeInViewport({ ratio: 0.99 });
  await expect(assistant.panel).toHaveCount(0);
});

for (const theme of ['light', 'dark'] as const)
  test(`axe finds nothing in it in the ${theme}`, async ({ person }) => {
    const { page } = person;
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const assistant = new Assistant(page);
    await assistant.open();
    expect(await violations(page), 'empty').toEqual([]);
    await assistant.say('Add a task to buy groceries');
    await assistant.say('Delete task 1');
    await expect(assistant.log.getByRole('button', { name: 'Approve' })).toBeVisible();
    expect(await violations(page), 'a conversation').toEqual([]);
    await assistant.panel.getByRole('button', { name: 'Conversations' }).click();
    await expect(assistant.panel.getByRole('listitem')).toHaveCount(1);
    expect(await violations(page), 'the conversations').toEqual([]);
  });

test('without a connection a message stays, and is sent when there is one again', async ({ person }) => {
  const { page } = person;
  const { panel, composer, log } = new Assistant(page);
  await page.getByRole('button', { name: 'Assistant', exact: true }).click();
  await composer.fill('Add a task to buy groceries');
  await page.context().setOffline(true);
  await expect(panel.getByText(/^You are offline/)).toBeVisible();
  await composer.press('Enter');
  await expect(panel.getByRole('alert')).toContainText('cannot be reached');
  await expect(composer).toHaveValue('Add a task to buy groceries');
  await page.context().setOffline(false);
  await composer.press('Enter');
  await expect(log.getByRole('group', { name: 'Added' })).toBeVisible();
});

test('when the session has ended it leads to the sign-in', async ({ person }) => {
  const { page } = person;
  const assistant = new Assistant(page);
  await assistant.open();
  await page.context().clearCookies();
  await page.route('**/chatkit', (route) => route.fulfill({ status: 401, json: { status: 401 } }));
  await assistant.composer.fill('Hello');
  await assistant.composer.press('Enter');
  await page.waitForURL('**/sign-in*');
});
