/** Measures the page with 10,000 tasks (`make bench-page`): a table of medians beside the budgets. */
import { type BrowserContext, expect, type Page, test as base } from '@playwright/test';
import { type Person, signUp, webUrl } from './person';
import { slowProcessor } from './slow';

const TASKS = 10_000;
const A_DAY = 25;
const TIMES = 5;
const DAY_MS = 24 * 3_600_000;
const ROW = '#task-list [data-title]';

/** Budgets in milliseconds. */
const BUDGETS = {
  'first rows, first visit': 300,
  'first rows, later visit': 300,
  'largest paint on a phone, first visit': 2000,
  'another view': 300,
  'search, with its pause of 150 ms': 300,
  'details of a task': 100,
  'calendar: opened': 300,
  'calendar: next month': 300,
  'calendar: task moved by a day': 100,
  'key to paint: next task': 50,
  'completing a task to paint': 50,
  'a letter in quick-add to paint': 50,
} as const;
type Measure = keyof typeof BUDGETS;

const found = new Map<Measure, number[]>();

function note(measure: Measure, milliseconds: number): void {
  found.set(measure, [...(found.get(measure) ?? []), milliseconds]);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;
}

/** A task in a hundred has no date; some are overdue, and each day ahead has 25. */
async function createTasks(person: Person): Promise<void> {
  for (let first = 0; first < TASKS; first += 100) {
    const operations = Array.from({ length: 100 }, (_, index) => {
      const number = first + index;
      const due = new Date(Date.now() + (number / A_DAY - 1) * DAY_MS);
      const data = {
        title: `Task ${String(number).padStart(5, '0')}`,
        priority: ['High', 'Medium', 'Low', 'None', 'None', 'None'][number % 6],
        tags: number % 3 === 0 ? [['work', 'home', 'errands'][number % 9 === 0 ? 0 : number % 2 === 0 ? 1 : 2]] : [],
        ...(number % 100 === 0
          ? {}
          : { due_date: number % 4 === 0 ? due.toISOString() : due.toISOString().slice(0, 10) }),
      };
      return { op: 'create', data };
    });
    await person.api('POST', '/tasks/bulk', { operations });
  }
}

/** Keeps, in each page that is opened, when the first row of a list was painted, and the largest paint. */
async function watch(context: BrowserContext): Promise<void> {
  await context.addInitScript((row) => {
    const marks = { rows: 0, largest: 0 };
    Object.assign(window, { marks });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) marks.largest = entry.startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    const look = () => {
      if (!document.querySelector(row)) requestAnimationFrame(look);
      else setTimeout(() => (marks.rows = performance.now()));
    };
    requestAnimationFrame(look);
  }, ROW);
}

const marks = (page: Page) =>
  page.evaluate(() => (window as unknown as { marks: { rows: number; largest: number } }).marks);

async function load(page: Page, view: string): Promise<number> {
  await page.goto(`${webUrl()}/${view}`);
  await expect.poll(async () => (await marks(page)).rows).toBeGreaterThan(0);
  return (await marks(page)).rows;
}

/** Returns a new context with the session of a person, in which nothing is cached. */
async function fresh(page: Page, options = {}): Promise<Page> {
  const storageState = await page.context().storageState();
  const context = await page
    .context()
    .browser()
    ?.newContext({ locale: 'en-GB', storageState, ...options });
  if (!context) throw new Error('The browser has ended.');
  await watch(context);
  return context.newPage();
}

type Act = { click: string } | { key: string } | { type: string; into: string };

/** Acts within the page, and returns the milliseconds until what a selector finds is painted; without one, a frame. */
async function time(page: Page, act: Act, until?: string): Promise<number> {
  return page.evaluate(
    ([act, until]) => {
      const start = performance.now();
      const find = (selector: string) => {
        const element = document.querySelector<HTMLElement>(selector);
        if (!element) throw new Error(`There is no ${selector}`);
        return element;
      };
      if ('click' in act) find(act.click).click();
      else if ('key' in act)
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key: act.key, altKey: act.key.startsWith('Arrow'), bubbles: true }),
        );
      else {
        const field = find(act.into) as HTMLInputElement;
        field.focus();
        field.setRangeText(act.type, field.value.length, field.value.length, 'end');
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
      return new Promise<number>((resolve, reject) => {
        const look = () => {
          if (performance.now() - start > 20_000) reject(new Error(`No ${until ?? 'frame'} after 20 s`));
          else if (until === undefined || document.querySelector(until))
            setTimeout(() => resolve(performance.now() - start));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      });
    },
    [act, until] as const,
  );
}

const monthOf = (page: Page) => page.getByRole('grid').getAttribute('aria-label');
const otherMonth = (title: string | null) => `[role=grid]:not([aria-label="${title ?? ''}"]) [data-title]`;

base('the page with ten thousand tasks', async ({ page: first }) => {
  base.setTimeout(600_000);
  const person = await signUp(first);
  await createTasks(person);

  for (let turn = 0; turn < TIMES; turn++) {
    const stranger = await fresh(first, { serviceWorkers: 'block' });
    note('first rows, first visit', await load(stranger, 'today'));
    note('first rows, later visit', await load(stranger, 'upcoming'));
    await stranger.context().close();

    const phone = await fresh(first, {
      serviceWorkers: 'block',
      viewport: { width: 390, height: 780 },
      hasTouch: true,
    });
    await slowProcessor(phone, 4);
    const network = await phone.context().newCDPSession(phone);
    await network.send('Network.enable');
    const speed = 200 * 1024;
    await network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: speed,
      uploadThroughput: speed,
    });
    await load(phone, 'today');
    await phone.waitForTimeout(1500); // a later paint may be larger
    note('largest paint on a phone, first visit', (await marks(phone)).largest);
    await phone.context().close();
  }

  const page = await fresh(first);
  for (let turn = 0; turn < TIMES; turn++) {
    await load(page, 'all');
    await page.waitForTimeout(1000); // what is loaded after the page, and the live connection
    note('another view', await time(page, { click: 'nav a[href="/upcoming"]' }, '#task-list h2[data-day]'));
    await page.locator(ROW).nth(3).focus();
    note('key to paint: next task', await time(page, { key: 'j' }));
    note('details of a task', await time(page, { key: 'Enter' }, '#task-details [aria-label="Title"]'));
    await page.keyboard.press('Escape');
    note('completing a task to paint', await time(page, { click: '#task-list [role=checkbox][aria-checked=false]' }));
    note('a letter in quick-add to paint', await time(page, { type: 'a', into: '#quick-add' }));
    await page.locator('#quick-add').fill('');
    note(
      'search, with its pause of 150 ms',
      await time(page, { type: `Task 0${1000 + turn}`, into: '#search' }, '#task-list mark'),
    );
    await page.locator('#search').fill('');
    await expect(page.locator('#task-list mark')).toHaveCount(0);

    note('calendar: opened', await time(page, { click: 'button[aria-label="Calendar"]' }, '[role=grid] [data-title]'));
    const title = await monthOf(page);
    note('calendar: next month', await time(page, { click: '[aria-label="Next month"]' }, otherMonth(title)));
    await page.locator('[role=grid] [data-title]').first().focus();
    note('calendar: task moved by a day', await time(page, { key: 'ArrowRight' }));
    await page.locator('button[aria-label="Calendar"]').click();
    await expect(page.locator('[role=grid]')).toHaveCount(0);
  }
  await page.context().close();

  const rows = (Object.keys(BUDGETS) as Measure[]).map((measure) => {
    const milliseconds = median(found.get(measure) ?? []);
    return { measure, ms: Math.round(milliseconds), budget: BUDGETS[measure], holds: milliseconds <= BUDGETS[measure] };
  });
  console.table(rows);
});
