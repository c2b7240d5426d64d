/** The order by hand: tasks are moved by keys and dragged. */
import { expect } from '../person';
import type { Action } from './actions';
import type { Race } from './race';

const DAYS = ['2031-05-01', '2031-05-02'];
const isMovable = (race: Race, day: string) => race.pending((item) => item.due === day && item.repeats === 'none');

/** Tells the model where a task stands now. */
function put(race: Race, title: string, order: readonly string[], due?: string): void {
  const at = order.indexOf(title);
  const key = (one: string | undefined) => (one === undefined ? null : race.model.keyOf(one));
  race.model.place(race.model.keyOf(title), key(order[at - 1]), key(order[at + 1]), due === undefined ? {} : { due });
}

export const moveByKeys: Action = async (race, random) => {
  const days = DAYS.filter((day) => isMovable(race, day).length > 1);
  if (days.length === 0) return null;
  const day = random.of(days);
  const title = race.title(random.of(isMovable(race, day)));
  await race.go('upcoming', random);
  await race.titled(title).focus();
  const order = await race.section(day);
  const before = order.join();
  const step = random.of([1, -1]);
  const times = 1 + random.below(4);
  for (let time = 0; time < times; time++) {
    const at = order.indexOf(title);
    if (!order[at + step]) break; // the next key would move it to another day
    await race.page.keyboard.press(step > 0 ? 'Alt+ArrowDown' : 'Alt+ArrowUp');
    order.splice(at, 1);
    order.splice(at + step, 0, title);
    put(race, title, order);
  }
  await expect.poll(async () => (await race.section(day)).join()).toBe(order.join());
  return `move ${title} by ${times * step} in ${before}`;
};

export const drag: Action = async (race, random) => {
  const titles = DAYS.flatMap((day) => isMovable(race, day)).map((key) => race.title(key));
  const [title, to] = random.some(titles, 2);
  if (title === undefined || to === undefined) return null;
  const { page, model } = race;
  await race.go('upcoming', random);
  const row = (name: string) => race.titled(name).locator('xpath=ancestor::li');
  await expect(row(title)).toHaveAttribute('draggable', 'true');
  const day = model.item(model.keyOf(to)).due ?? '';
  const part = random.of([0.2, 0.8]);
  const before = await race.section(day);
  const order = before.filter((one) => one !== title);
  order.splice(order.indexOf(to) + (part < 0.5 ? 0 : 1), 0, title);
  if (order.join() === before.join()) return null;
  await row(title).hover();
  await page.mouse.down();
  const box = await row(to).boundingBox();
  for (const x of [60, 61, 62]) await page.mouse.move((box?.x ?? 0) + x, (box?.y ?? 0) + (box?.height ?? 0) * part);
  await expect(row(to)).toHaveAttribute('data-edge', part < 0.5 ? 'above' : 'below');
  await page.mouse.up();
  const isSame = model.item(model.keyOf(title)).due === day;
  put(race, title, order, isSame ? undefined : day);
  await expect.poll(async () => (await race.section(day)).join()).toBe(order.join());
  return `drag ${title} ${part < 0.5 ? 'above' : 'below'} ${to} in ${before.join()}`;
};
