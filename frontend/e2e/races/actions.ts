/** What a person can do, in a table: each action says whether it can be done now, does it, and tells the model. */
import { expect } from '../person';
import type { Item } from './model';
import { drag, moveByKeys } from './order';
import {
  editDescription,
  editTags,
  editTitle,
  rename,
  sayDate,
  setDate,
  setPriority,
  setReminders,
  setRepeat,
} from './pane';
import { type Race, today, type View } from './race';
import type { Random } from './random';

/** Returns what was done, for the log, or null if it is not possible now. */
export type Action = (race: Race, random: Random) => Promise<string | null>;

const PRIORITIES = ['High', 'Medium', 'Low', 'None'] as const;

async function add(race: Race, random: Random): Promise<string | null> {
  if (race.view === 'completed' || race.view === 'trash') return null; // their field is in a sheet
  const { page, model } = race;
  const title = race.newTitle();
  const fields: Partial<Item> = race.view === 'today' ? { due: today() } : {};
  let line = title;
  if (random.chance(0.6)) {
    line += ' 2 may 2031';
    fields.due = '2031-05-02';
  }
  if (random.chance(0.4)) {
    line += ' #home';
    fields.tags = ['home'];
  }
  if (random.chance(0.4)) {
    line += ' p1';
    fields.priority = 'High';
  }
  await page.getByRole('textbox', { name: 'New task' }).click();
  const delay = random.of([0, 0, 30]);
  await page.keyboard.type(line, { delay });
  // Usually Enter comes before the preview.
  const waits = line !== title && !race.isOffline && random.chance(0.3);
  if (waits) await expect(page.getByRole('list', { name: 'Understood' })).toBeVisible();
  await page.keyboard.press('Enter');
  model.add({ title, ...fields });
  return `add “${line}” in ${race.view}${waits ? ' after its preview' : ''}, a key each ${delay} ms`;
}

async function complete(race: Race, random: Random): Promise<string | null> {
  const keys = race.pending((item) => item.repeats === 'none');
  if (keys.length < 4) return null;
  const key = random.of(keys);
  const row = await race.show(key, random);
  const isByKey = random.chance(0.4);
  if (isByKey) {
    await row.focus();
    await race.page.keyboard.press('Space');
  } else await circle(race, key).click();
  race.model.change([key], () => ({ status: 'completed' }));
  return `complete ${race.title(key)} ${isByKey ? 'by key' : 'by mouse'} in ${race.view}`;
}

async function reopen(race: Race, random: Random): Promise<string | null> {
  const keys = race.model.keys((item) => item.status === 'completed');
  if (keys.length === 0) return null;
  const key = random.of(keys);
  await race.show(key, random);
  await circle(race, key).click();
  race.model.change([key], () => ({ status: 'pending' }));
  return `reopen ${race.title(key)}`;
}

function circle(race: Race, key: string) {
  const list = race.page.getByRole('list', { name: 'Tasks' });
  return list.getByRole('checkbox', { name: `Complete “${race.title(key)}”` });
}

async function trash(race: Race, random: Random): Promise<string | null> {
  const keys = race.pending((item) => item.repeats === 'none');
  if (keys.length < 5) return null;
  const key = random.of(keys);
  await (await race.show(key, random)).focus();
  await race.page.keyboard.press('Delete');
  race.model.change([key], () => ({ status: 'gone' }));
  return `move ${race.title(key)} to the trash`;
}

/** One key in the list: a priority or a day. */
async function pressKey(race: Race, random: Random): Promise<string | null> {
  const key = random.of(race.pending((item) => item.repeats === 'none' && !isTimed(item)));
  const pressed = random.of(['1', '2', '3', '4', 't', 'm']);
  const fields: Partial<Item> =
    pressed === 't' || pressed === 'm'
      ? { due: today(pressed === 't' ? 0 : 1) }
      : { priority: PRIORITIES[Number(pressed) - 1] ?? 'None' };
  await (await race.show(key, random)).focus();
  await race.page.keyboard.press(pressed);
  race.model.change([key], () => fields);
  return `press ${pressed} on ${race.title(key)}`;
}

async function changeSeveral(race: Race, random: Random): Promise<string | null> {
  const { page, model } = race;
  const keys = random.some(
    race.pending((item) => item.repeats === 'none' && !isTimed(item)),
    2 + random.below(2),
  );
  if (keys.length < 2 || race.pending().length < 6) return null;
  await race.go('all', random);
  for (const key of keys) await race.titled(race.title(key)).click({ modifiers: ['Control'] });
  const bar = page.getByRole('toolbar', { name: 'Selected tasks' });
  await expect(bar).toContainText(`${keys.length} selected`);
  const what = random.of(['Complete', 'Tomorrow', 'No date', 'Low', '1', 'Tag'] as const);
  if (what === '1') {
    await page.keyboard.press('1');
    await page.keyboard.press('Escape'); // these keys do not end the selection
  } else if (what === 'Low') {
    await bar.getByRole('button', { name: 'Priority' }).click();
    await page.getByRole('menuitem', { name: 'Low' }).click();
  } else if (what === 'Tag') {
    await bar.getByRole('button', { name: 'Tags' }).click();
    await page.getByRole('dialog', { name: 'Tags of the selected tasks' }).getByLabel('Add a tag').fill('both');
    await page.keyboard.press('Enter');
  } else await bar.getByRole('button', { name: what }).click();
  model.change(keys, (item): Partial<Item> => {
    if (what === 'Complete') return { status: 'completed' };
    if (what === 'Tomorrow') return { due: today(1) };
    if (what === 'No date') return { due: null, reminders: [] };
    if (what === 'Tag') return { tags: item.tags.includes('both') ? item.tags : [...item.tags, 'both'] };
    return { priority: what === 'Low' ? 'Low' : 'High' };
  });
  return `select ${keys.map((key) => race.title(key)).join(', ')}: ${what}`;
}

async function undo(race: Race): Promise<string | null> {
  const isDone = race.model.undo();
  if (isDone === null) return null;
  await race.page.getByRole('heading', { level: 1 }).click();
  await race.page.keyboard.press('Control+z');
  return isDone ? 'undo' : 'undo nothing';
}

async function redo(race: Race): Promise<string | null> {
  const isDone = race.model.redo();
  if (isDone === null) return null;
  await race.page.getByRole('heading', { level: 1 }).click();
  await race.page.keyboard.press('Control+Shift+z');
  return isDone ? 'redo' : 'redo nothing';
}

async function changeView(race: Race, random: Random): Promise<string> {
  await race.go(random.of<View>(['all', 'upcoming', 'today', 'completed', 'trash']), random);
  return `go to ${race.view}`;
}

async function changeConnection(race: Race): Promise<string | null> {
  if (!race.hasLists) return null;
  await race.network(!race.isOffline);
  return race.isOffline ? 'lose the connection' : 'have a connection again';
}

async function changeElsewhere(race: Race, random: Random): Promise<string> {
  const { model, person } = race;
  const description = `from elsewhere ${random.below(1000)}`;
  const key = random.of([...race.theirs]);
  const { items } = (await person.api('GET', '/tasks?status=all&limit=100')) as {
    items: { id: number; title: string }[];
  };
  // The server may not have its new title yet.
  const task = items.find(({ title }) => title === race.title(key) || title === key);
  if (task && random.chance(0.6) && model.changeElsewhere(key, { description })) {
    await person.api('PATCH', `/tasks/${task.id}`, { description });
    return `another client describes ${race.title(key)}`;
  }
  const title = race.newTitle();
  await person.api('POST', '/tasks', { title });
  model.addElsewhere({ title });
  return `another client adds ${title}`;
}

async function reload(race: Race): Promise<string | null> {
  if (race.isOffline) return null;
  await race.page.reload();
  await expect(race.page.getByRole('heading', { level: 1 })).toBeVisible();
  race.model.forgetSteps();
  race.hasLists = false;
  return 'reload';
}

export function isTimed({ due }: Item): boolean {
  return due?.includes('T') ?? false;
}

/** An action that stands here twice is done twice as often. */
export const ACTIONS: readonly Action[] = [
  ...[add, add, add, complete, complete, reopen, trash, pressKey, pressKey, changeSeveral],
  ...[rename, editTitle, editTitle, editDescription, editDescription, editTags, editTags],
  ...[setPriority, setDate, setDate, sayDate, setRepeat, setReminders, moveByKeys, moveByKeys, drag, drag],
  ...[undo, undo, redo, changeView, changeConnection, changeElsewhere, reload],
];
