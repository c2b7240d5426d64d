/** A page on a slow machine and a slow network, and what a person does in it. */
import type { CDPSession, Locator } from '@playwright/test';
import { expect, type Person } from '../person';
import { type Item, Model } from './model';
import { Random } from './random';

export type View = 'all' | 'upcoming' | 'today' | 'completed' | 'trash';
const KEYS: Record<View, string> = { all: 'a', upcoming: 'u', today: 't', completed: 'c', trash: 'd' };
const LATENCY_MS = 800;
const SLOWNESS = 6;

/** Titles that contain no other title, and no word that quick-add reads. */
const TITLES = [
  'Amber',
  'Birch',
  'Cedar',
  'Ember',
  'Fjord',
  'Grove',
  'Heath',
  'Koala',
  'Lemon',
  'Mango',
  'Otter',
].flatMap((word) => ['stone', 'wick', 'field', 'moor'].map((end) => word + end));

export class Race {
  readonly model = new Model();
  view: View = 'all';
  isOffline = false;
  /** Whether every view was opened in this page: those that were not show nothing without a connection. */
  hasLists = true;
  /** Tasks whose description only another client changes. */
  readonly theirs = new Set<string>();
  private titles = 0;

  private constructor(
    readonly person: Person,
    private readonly browser: CDPSession,
  ) {}

  /** Opens a page with tasks that the person knows. It is slow from then on. */
  static async begin(person: Person): Promise<Race> {
    const race = new Race(person, await person.page.context().newCDPSession(person.page));
    const day = (due: string | null) => ({ title: race.newTitle(), ...(due ? { due_date: due } : {}) });
    const days = ['2031-05-01', '2031-05-01', '2031-05-01', '2031-05-02', '2031-05-02', null, null, today()];
    const tasks = days.map(day);
    await person.api('POST', '/tasks/bulk', { operations: tasks.map((data) => ({ op: 'create', data })) });
    tasks.forEach(({ title }, at) => race.model.addElsewhere({ title, due: days[at] ?? null }));
    for (const { title } of [tasks[1], tasks[5]].flatMap((task) => task ?? [])) race.theirs.add(title);
    await person.open('all');
    const random = new Random(0);
    for (const view of ['upcoming', 'today', 'completed', 'trash', 'all'] as const) {
      await race.go(view, random);
      await expect(race.page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    }
    // The files of the page are there without a connection, too.
    await expect.poll(() => race.page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
    await race.slow(true);
    return race;
  }

  get page() {
    return this.person.page;
  }

  get details(): Locator {
    return this.page.getByRole('complementary', { name: 'Task details' });
  }

  async slow(isSlow: boolean): Promise<void> {
    await this.browser.send('Emulation.setCPUThrottlingRate', { rate: isSlow ? SLOWNESS : 1 });
    await this.network(false, isSlow ? LATENCY_MS : 0);
  }

  async network(offline: boolean, latency = LATENCY_MS): Promise<void> {
    this.isOffline = offline;
    const rate = { downloadThroughput: -1, uploadThroughput: -1 };
    await this.browser.send('Network.emulateNetworkConditions', { offline, latency, ...rate });
  }

  newTitle(): string {
    const title = TITLES[this.titles++];
    if (title === undefined) throw new Error('no titles are left');
    return title;
  }

  titled(title: string): Locator {
    return this.page.locator('#task-list [data-title]', { hasText: new RegExp(`^${title}$`) });
  }

  /** The keys of pending tasks that `is` accepts. */
  pending(is: (item: Item, key: string) => boolean = () => true): string[] {
    return this.model.keys((item) => item.status === 'pending').filter((key) => is(this.model.item(key), key));
  }

  title(key: string): string {
    return this.model.item(key).title;
  }

  /** Whether keys are shortcuts of the page: no field has the focus and nothing covers the page. */
  private hasKeys(): Promise<boolean> {
    return this.page.evaluate(
      () =>
        !document.activeElement?.matches('input, textarea, select') &&
        !document.querySelector('[role=dialog][data-state=open], [role=menu]'),
    );
  }

  async go(view: View, random: Random): Promise<void> {
    if (view === this.view) return;
    this.view = view;
    if (random.chance(0.5) && (await this.hasKeys())) {
      await this.page.keyboard.press('g');
      await this.page.keyboard.press(KEYS[view]);
    } else {
      const views = this.page.getByRole('navigation', { name: 'Views' });
      await views.getByRole('link', { name: new RegExp(`^${view}`, 'i') }).click();
    }
    await expect(this.page.getByRole('heading', { level: 1, name: new RegExp(view, 'i') })).toBeVisible();
  }

  /** Goes to a view that shows the task, if this one does not. */
  async show(key: string, random: Random): Promise<Locator> {
    const { due, status, title } = this.model.item(key);
    const views: View[] = status === 'completed' ? ['completed'] : ['all'];
    if (status === 'pending' && due) views.push('upcoming');
    if (status === 'pending' && due && due <= today()) views.push('today');
    if (!views.includes(this.view)) await this.go(random.of(views), random);
    return this.titled(title);
  }

  async open(key: string, random: Random): Promise<Locator> {
    await (await this.show(key, random)).click();
    await expect(this.details.getByLabel('Title')).toHaveValue(this.title(key));
    return this.details;
  }

  /** The titles of the list from top to bottom. */
  async order(): Promise<string[]> {
    const items = await this.page.locator('#task-list li[data-index]:has([data-title])').evaluateAll((rows) =>
      rows.map((row) => ({
        index: Number((row as HTMLElement).dataset.index),
        title: row.querySelector('[data-title]')?.textContent ?? '',
      })),
    );
    return items.sort((one, other) => one.index - other.index).map(({ title }) => title);
  }

  /** The tasks that stand under the heading of their day, as the page shows them. */
  async section(day: string): Promise<string[]> {
    const isOfDay = (title: string) => this.pending((item) => item.title === title && item.due === day).length > 0;
    return (await this.order()).filter(isOfDay);
  }
}

/** Today, or a day after it, where the person is. */
export function today(after = 0): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(new Date());
  return new Date(Date.parse(day) + after * 24 * 3_600_000).toISOString().slice(0, 10);
}
