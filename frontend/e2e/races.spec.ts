/**
 * Nothing that a person typed, chose or dragged is lost, on a slow machine and a slow network: random sequences of what
 * a person does, compared with the server, with the page, and with a model of what was done.
 *
 * `RACES=200` runs so many sequences, `RACES_SEED=17` begins with that one, and `RACES_ONLY=2,5` does only these actions
 * of it, to find which of them a failure needs.
 */
import type { Page } from '@playwright/test';
import { expect, type Person, test, webUrl } from './person';
import { ACTIONS } from './races/actions';
import type { Item } from './races/model';
import { Race } from './races/race';
import { Random } from './races/random';

const COUNT = Number(process.env.RACES ?? 2);
const FIRST = Number(process.env.RACES_SEED ?? 1);
const ONLY = process.env.RACES_ONLY?.split(',').map(Number);
const LENGTH = 10;
const TRIES = 20;

test.use({ actionTimeout: 20_000 });

for (let seed = FIRST; seed < FIRST + COUNT; seed++)
  test(`nothing is lost in the sequence of seed ${seed}`, async ({ person }) => {
    test.setTimeout(180_000);
    const race = await Race.begin(person);
    const log: string[] = [];
    try {
      for (let number = 1; number <= LENGTH; number++)
        if (ONLY?.includes(number) ?? true) log.push(`${number}. ${await act(race, new Random(seed, number))}`);
      await compare(race);
    } catch (error) {
      console.log(`seed ${seed}: ${log.join('\n')}\n${String(error)}\n`);
      throw error;
    }
  });

/** Does something that is possible now. */
async function act(race: Race, random: Random): Promise<string> {
  for (let time = 0; time < TRIES; time++) {
    const done = await random.of(ACTIONS)(race, random);
    if (done !== null) return done;
  }
  return 'nothing';
}

async function compare(race: Race): Promise<void> {
  const { page, person, model } = race;
  await race.slow(false);
  await page.getByRole('heading', { level: 1 }).click(); // leaves a field that has the focus
  await page.waitForFunction(() => !Object.keys(localStorage).some((name) => name.startsWith('changes of ')));
  const items = await onServer(person);
  const expected = [...model.items.values()].filter(({ status }) => status !== 'gone');
  expect(byTitle(items)).toEqual(byTitle(expected));
  const position = (key: string) => items.findIndex(({ title }) => title === model.item(key).title);
  for (const { key, above, below } of model.places) {
    if (above !== null) expect(position(above), `${above} above ${key}`).toBeLessThan(position(key));
    if (below !== null) expect(position(key), `${key} above ${below}`).toBeLessThan(position(below));
  }
  const anew = await page.context().newPage();
  await anew.goto(webUrl() + '/all');
  const there = await pictures(anew);
  await anew.close();
  await expect.poll(() => pictures(page)).toEqual(there);
}

/** The tasks as the server has them, in the order by hand. */
async function onServer(person: Person): Promise<Item[]> {
  const { items } = (await person.api('GET', '/tasks?status=all&sort=position&limit=100')) as {
    items: Record<string, unknown>[];
  };
  return items.map((task) => ({
    title: task.title,
    description: task.description,
    tags: task.tags,
    due: task.due_date,
    priority: task.priority,
    repeats: task.recurrence_pattern,
    reminders: task.reminders,
    status: task.status,
  })) as Item[];
}

function byTitle(items: readonly Item[]): Item[] {
  const minutes = (reminder: { minutes_before: number }) => reminder.minutes_before;
  const sorted = ({ reminders, ...item }: Item) => ({
    ...item,
    reminders: reminders.map(minutes).sort((one, other) => one - other),
  });
  return items.map(sorted).sort((one, other) => (one.title < other.title ? -1 : 1)) as unknown as Item[];
}

/** What the page shows of every task, as text. */
async function pictures(page: Page): Promise<string[]> {
  const shown: string[] = [];
  for (const view of ['All', 'Upcoming', 'Completed', 'Trash']) {
    await page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('link', { name: new RegExp(`^${view}`) })
      .click();
    await expect(page.getByRole('heading', { level: 1, name: view })).toBeVisible();
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    const list = page.locator('#task-list ul');
    shown.push((await list.count()) > 0 ? await list.ariaSnapshot() : `${view} is empty`);
  }
  return shown;
}
