/** Changes of one task in the list's editor and in the details. */
import { expect } from '../person';
import type { Action } from './actions';
import type { Race } from './race';
import { today } from './race';
import type { Random } from './random';

/** Leaves the details in one of the ways that save what is typed. */
async function leave(race: Race, random: Random): Promise<string> {
  const { page, details } = race;
  const way = random.of(['close', 'next', 'back', 'view', 'heading'] as const);
  switch (way) {
    case 'close':
      await details.getByRole('button', { name: 'Close the details' }).click();
      break;
    case 'next':
      await details.getByRole('button', { name: 'Next task' }).click({ force: true });
      break;
    case 'back':
      await page.goBack();
      break;
    case 'view':
      await race.go(race.view === 'all' ? 'upcoming' : 'all', random);
      break;
    case 'heading':
      await page.getByRole('heading', { level: 1 }).click();
  }
  return `leave by ${way}`;
}

export const rename: Action = async (race, random) => {
  const key = random.of(race.pending());
  const [before, title] = [race.title(key), race.newTitle()];
  await (await race.show(key, random)).focus();
  await race.page.keyboard.press('e');
  await race.page.keyboard.type(title, { delay: random.of([0, 30]) });
  const isByKey = random.chance(0.5);
  if (isByKey) await race.page.keyboard.press('Enter');
  else await race.page.getByRole('heading', { level: 1 }).click();
  race.model.change([key], () => ({ title }));
  return `rename ${before} to ${title} in the list, ${isByKey ? 'Enter' : 'blur'}`;
};

export const editTitle: Action = async (race, random) => {
  const key = random.of(race.pending());
  const [before, title] = [race.title(key), race.newTitle()];
  const details = await race.open(key, random);
  await details.getByLabel('Title').click();
  await race.page.keyboard.press('Control+a');
  await race.page.keyboard.type(title, { delay: random.of([0, 30]) });
  race.model.change([key], () => ({ title }));
  if (random.chance(0.3)) {
    await race.page.keyboard.press('Enter');
    return `title ${before} to ${title}, Enter`;
  }
  return `title ${before} to ${title}, ${await leave(race, random)}`;
};

export const editDescription: Action = async (race, random) => {
  const key = random.of(race.pending((_, one) => !race.theirs.has(one)));
  const description = `about ${random.below(10_000)}`;
  const details = await race.open(key, random);
  const field = details.getByRole('textbox', { name: 'Description' });
  await details.getByRole('group', { name: 'Description' }).or(field).click();
  await expect(field).toBeFocused();
  await race.page.keyboard.press('Control+a');
  await race.page.keyboard.type(description, { delay: random.of([0, 30]) });
  race.model.change([key], () => ({ description }));
  if (random.chance(0.2)) {
    await race.page.keyboard.press('Control+Enter');
    return `describe ${race.title(key)}: ${description}, Ctrl+Enter`;
  }
  return `describe ${race.title(key)}: ${description}, ${await leave(race, random)}`;
};

export const editTags: Action = async (race, random) => {
  const key = random.of(race.pending());
  const { tags } = race.model.item(key);
  const editor = await race.person.property(await race.open(key, random), 'Tags');
  const field = editor.getByPlaceholder('Add a tag');
  await field.click();
  const added = random.some(
    ['work', 'home', 'errand', 'later'].filter((tag) => !tags.includes(tag)),
    1 + random.below(3),
  );
  const last = added.at(-1);
  const isCommitted = random.chance(0.6);
  for (const tag of added) {
    await race.page.keyboard.type(tag, { delay: random.of([0, 30]) });
    if (tag !== last || isCommitted) await race.page.keyboard.press(random.of(['Enter', ',']));
    race.model.change([key], (item) => ({ tags: [...item.tags, tag] }));
  }
  return `tag ${race.title(key)}: ${added.join(', ')}${isCommitted ? '' : ' (not committed)'}, ${await leave(race, random)}`;
};

export const setPriority: Action = async (race, random) => {
  const key = random.of(race.pending());
  const priority = random.of(['High', 'Medium', 'Low', 'None'] as const);
  await (
    await race.person.property(await race.open(key, random), 'Priority')
  )
    .getByRole('menuitemradio', { name: priority })
    .click();
  race.model.change([key], () => ({ priority }));
  return `priority of ${race.title(key)}: ${priority}`;
};

export const setDate: Action = async (race, random) => {
  const key = random.of(race.pending((item) => item.repeats === 'none' && !item.due?.includes('T')));
  const editor = await race.person.property(await race.open(key, random), 'Date');
  const what = random.of(['Today', 'Tomorrow', 'No date', 'a day', 'a day']);
  let due: string | null = what === 'Today' ? today() : what === 'Tomorrow' ? today(1) : null;
  if (what === 'a day') {
    const day = editor.locator('td[data-day]').nth(random.below(20) + 7);
    due = await day.getAttribute('data-day');
    await day.getByRole('button').click();
  } else await editor.getByRole('button', { name: new RegExp(`^${what}( \\w{3})?$`) }).click();
  race.model.change([key], () => ({ due, ...(due === null ? { reminders: [] } : {}) }));
  const left = what === 'a day' ? `, ${await leave(race, random)}` : '';
  return `date of ${race.title(key)}: ${what} ${due}${left}`;
};

export const sayDate: Action = async (race, random) => {
  if (race.isOffline) return null;
  const key = random.of(race.pending((item) => item.repeats === 'none'));
  const editor = await race.person.property(await race.open(key, random), 'Date');
  const words = editor.getByLabel('Date in words');
  if ((await words.count()) === 0) return null; // the task has no number yet
  await words.click();
  const all = [
    ['1 may 2031', '2031-05-01'],
    ['2 may 2031', '2031-05-02'],
    ['3 june 2031 at 14:30', '2031-06-03T12:30:00Z'],
  ] as const;
  const [said, due] = random.of(all.filter(([, day]) => day !== race.model.item(key).due));
  await race.page.keyboard.type(said, { delay: random.of([0, 30]) });
  const answer = race.page.waitForResponse('**/tasks/parse');
  await race.page.keyboard.press('Enter');
  const left = random.chance(0.5) ? `, ${await leave(race, random)}` : '';
  // What is said takes effect with the answer: what the person does next is done after it.
  await (await answer).finished();
  await expect(race.page.getByText(`“${race.title(key)}” `).last()).toBeVisible();
  race.model.change([key], () => ({ due }));
  return `say the date of ${race.title(key)}: ${said}${left}`;
};

export const setRepeat: Action = async (race, random) => {
  const keys = race.pending((item) => item.due !== null && item.repeats === 'none');
  if (keys.length < 4) return null;
  const key = random.of(keys);
  const repeats = random.of(['daily', 'weekly', 'monthly']);
  const editor = await race.person.property(await race.open(key, random), 'Repeat');
  await editor.getByLabel('Repeats').selectOption(repeats);
  race.model.change([key], () => ({ repeats }));
  return `repeat ${race.title(key)} ${repeats}, ${await leave(race, random)}`;
};

const LEADS = [0, 1440, 2880, 10_080];

export const setReminders: Action = async (race, random) => {
  const keys = race.pending((item) => item.due !== null && !item.due.includes('T') && item.reminders.length === 0);
  if (keys.length === 0) return null;
  const key = random.of(keys);
  const editor = await race.person.property(await race.open(key, random), 'Reminders');
  const choices = editor.getByLabel('Add a reminder');
  const labels = (await choices.locator('option').allTextContents()).slice(1, 1 + LEADS.length);
  for (const label of random.some(labels, 1 + random.below(2))) {
    await choices.selectOption({ label });
    const reminder = { minutes_before: LEADS[labels.indexOf(label)] ?? 0 };
    race.model.change([key], (item) => ({ reminders: [...item.reminders, reminder] }));
  }
  return `remind of ${race.title(key)}, ${await leave(race, random)}`;
};
