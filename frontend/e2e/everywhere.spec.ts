import { violations } from './axe';
import { expect, type Person, test, webUrl } from './person';

async function someTasks(person: Person): Promise<void> {
  const task = (fields: object) => ({ op: 'create', data: fields });
  await person.api('POST', '/tasks/bulk', {
    operations: [
      task({
        title: 'Pay rent',
        due_date: '2027-01-31T09:00:00',
        recurrence_pattern: 'monthly',
        reminder_lead_time: 60,
        priority: 'High',
        tags: ['home'],
      }),
      task({ title: 'Overdue', due_date: '2020-01-01', priority: 'Low' }),
      task({ title: 'Today', due_date: new Date().toISOString().slice(0, 10), tags: ['work', 'home'] }),
      task({ title: 'Done' }),
      task({ title: 'Gone' }),
    ],
  });
  await person.api('PATCH', '/tasks/4/complete');
  await person.api('DELETE', '/tasks/5');
}

const PAGES = [
  'device?user_code=ABCD2345',
  'today',
  'upcoming',
  'overdue',
  'all',
  'completed',
  'trash',
  'tag?name=home',
  'activity',
  'settings',
  'settings?section=notifications',
  'settings?section=account',
  'settings?section=apps',
  'all?task=1',
];

for (const theme of ['light', 'dark'] as const)
  test(`axe finds nothing on any page in the ${theme}`, async ({ person }) => {
    test.slow();
    const { page } = person;
    await someTasks(person);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    for (const path of PAGES) {
      await person.open(path);
      expect(await violations(page), path).toEqual([]);
    }
    await page.getByLabel('New task').fill('call 3/4 at 7 #home p1');
    await expect(page.getByRole('list', { name: 'Understood' })).toBeVisible();
    expect(await violations(page), 'quick add').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    expect(await violations(page), 'shortcuts').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
    expect(await violations(page), 'palette').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Notifications/ }).click();
    await expect(page.getByRole('dialog', { name: 'Notifications' })).toBeVisible();
    expect(await violations(page), 'bell').toEqual([]);
    await page.keyboard.press('Escape');
    await person.open('all');
    await person.title('Pay rent').click({ modifiers: ['Control'] });
    await expect(page.getByRole('toolbar', { name: 'Selected tasks' })).toBeVisible();
    expect(await violations(page), 'bulk bar').toEqual([]);
    await page.keyboard.press('Delete');
    await expect(page.getByRole('dialog', { name: 'Move “Pay rent” to the trash?' })).toBeVisible();
    expect(await violations(page), 'scope').toEqual([]);
    await page.keyboard.press('Escape');
    await page.goto(`${webUrl()}/nowhere`);
    await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
    expect(await violations(page), 'not found').toEqual([]);
    await person.open('all');
    await person.signOut();
    await page.waitForURL('**/sign-in*');
    const submit = page.locator('[type=submit]'); // disabled, and styled so, until the page can send the form
    await expect(submit).toBeEnabled();
    expect(await violations(page), 'sign in').toEqual([]);
    await page.goto(`${webUrl()}/sign-up`);
    await expect(submit).toBeEnabled();
    expect(await violations(page), 'sign up').toEqual([]);
  });

test('dark is what the person or the system says, from the first paint on', async ({ person }) => {
  const { page } = person;
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await ground()).not.toBe(light);
  await page.keyboard.press('Shift+D'); // from the system's dark theme to the light one
  expect(await ground()).toBe(light);
  await page.reload();
  expect(await ground()).toBe(light);
});

test('the sidebar is hidden and shown by its button and a key, also after a reload', async ({ person }) => {
  const { page } = person;
  const views = page.getByRole('navigation', { name: 'Views' });
  const show = page.getByRole('button', { name: 'Show the sidebar' });
  await page.getByRole('button', { name: 'Hide the sidebar' }).click();
  await expect(views).toBeHidden();
  await expect(show).toBeFocused();
  await expect(page.getByRole('button', { name: 'Notifications' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await expect(show).toBeVisible();
  await expect(views).toBeHidden();
  await page.keyboard.press('b');
  await expect(views).toBeVisible();
  await page.reload();
  await expect(views).toBeVisible();
  await expect(show).toBeHidden();
});

test('a phone has everything', async ({ person }) => {
  const { page } = person;
  await page.setViewportSize({ width: 360, height: 740 });
  await person.add('Buy milk tomorrow #errand');
  await page.getByRole('button', { name: 'Open the menu' }).click();
  await page.getByRole('link', { name: /Upcoming/ }).click();
  await expect(person.title('Buy milk')).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  const details = await person.details('Buy milk');
  await expect(details).toBeInViewport({ ratio: 0.99 });
  await (await person.property(details, 'Priority')).getByRole('menuitemradio', { name: 'High' }).click();
  await details.getByRole('button', { name: 'Close the details' }).click();
  await expect(person.title('Buy milk')).toHaveAccessibleName(/^Buy milk, due Tomorrow, High priority$/);
  expect(await violations(page)).toEqual([]);
});

test('on a phone Back closes the details and the menu, and Forward opens them', async ({ person }) => {
  const { page } = person;
  await page.setViewportSize({ width: 360, height: 740 });
  for (const title of ['Buy milk', 'Call mother']) await person.add(title);
  await person.open('all');
  const details = page.getByRole('complementary', { name: 'Task details' });
  const menu = page.getByRole('dialog', { name: 'Views' });
  await person.details('Buy milk');
  await expect(details.getByLabel('Title')).toHaveValue('Buy milk');
  await page.goBack();
  await expect(details).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: 'All' })).toBeVisible();
  await expect(person.title('Buy milk')).toBeFocused();
  await page.goForward();
  await expect(details.getByLabel('Title')).toHaveValue('Buy milk');
  await page.reload();
  await expect(details.getByLabel('Title')).toHaveValue('Buy milk');
  await details.getByRole('button', { name: 'Close the details' }).click();
  await expect(details).toHaveCount(0);
  await page.getByRole('button', { name: 'Open the menu' }).click();
  await expect(menu).toBeVisible();
  await page.goBack();
  await expect(menu).toHaveCount(0);
  await page.getByRole('button', { name: 'Open the menu' }).click();
  await menu.getByRole('link', { name: /Upcoming/ }).click();
  await expect(menu).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: 'Upcoming' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'All' })).toBeVisible();
  await expect(menu).toHaveCount(0);
  await expect(details).toHaveCount(0);
});

test('walking through tasks with the details open leaves one entry in the history', async ({ person }) => {
  const { page } = person;
  for (const title of ['One', 'Two', 'Three']) await person.add(title);
  await person.open('all');
  const details = page.getByRole('complementary', { name: 'Task details' });
  const length = await page.evaluate(() => history.length);
  for (const title of ['One', 'Two', 'Three']) {
    await person.details(title);
    await expect(details.getByLabel('Title')).toHaveValue(title);
  }
  expect(await page.evaluate(() => history.length)).toBe(length + 1);
  await page.goBack();
  await expect(details).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: 'All' })).toBeVisible();
});

test('it can be installed', async ({ person }) => {
  const { page } = person;
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = (await (await page.request.get(webUrl() + (href ?? ''))).json()) as {
    start_url: string;
    icons: { src: string }[];
  };
  expect(manifest.start_url).toBe('/today');
  for (const { src } of manifest.icons) expect((await page.request.get(webUrl() + src)).ok(), src).toBe(true);
});

test('every answer carries its protections, and a page a policy of its own', async ({ request }) => {
  const policies = new Set<string>();
  for (let time = 0; time < 2; time++) {
    const headers = (await request.get(`${webUrl()}/sign-in`)).headers();
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    });
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:/);
    policies.add(policy);
  }
  expect(policies.size).toBe(2);
});

test('scripts come as Brotli, and the same to what does not read it', async ({ person }) => {
  const { page } = person;
  const script = await page.locator('script[src*="/_next/static/"]').first().getAttribute('src');
  const load = (encoding: string) =>
    page.request.get(new URL(script ?? '', page.url()).href, { headers: { 'accept-encoding': encoding } });
  const [brotli, gzip, plain] = await Promise.all([load('gzip, br'), load('gzip'), load('identity')]);
  expect([brotli, gzip, plain].map((answer) => answer.headers()['content-encoding'])).toEqual([
    'br',
    'gzip',
    undefined,
  ]);
  for (const answer of [brotli, gzip]) {
    expect(answer.headers()['content-type']).toBe(plain.headers()['content-type']);
    expect(answer.headers()['cache-control']).toContain('immutable');
    expect(answer.headers()['vary']).toContain('Accept-Encoding');
    expect(await answer.text()).toBe(await plain.text());
  }
});

test.describe('when it is first loaded', () => {
  test.use({ serviceWorkers: 'block' });

  test('the tasks page is light: less than 180 KB of scripts', async ({ person }) => {
    const { page } = person;
    // The scripts that the document names: what comes after it is loaded when the page is there.
    const load = (path: string) =>
      page.request.get(new URL(path, page.url()).href, { headers: { 'Accept-Encoding': 'br' } });
    // Without what is for browsers that know no modules.
    const document = (await (await load('/today')).text()).replaceAll(/<script[^>]*noModule[^>]*>/gi, '');
    const names = new Set(document.match(/\/_next\/static\/[^"'\\\s]+\.js/g));
    const scripts = await Promise.all(
      [...names].map(async (name) => {
        const { 'content-length': size, 'content-encoding': encoding } = (await load(name)).headers();
        expect(encoding).toBe('br');
        return Number(size);
      }),
    );
    const kilobytes = scripts.reduce((sum, size) => sum + size, 0) / 1024;
    console.log(`first load: ${kilobytes.toFixed(1)} KB of scripts, compressed`);
    expect(scripts.length).toBeGreaterThan(3);
    expect(kilobytes).toBeLessThan(180);
  });
});

const A_DAY = 25;

test('lists of ten thousand tasks with due dates scroll, and answer at once', async ({ person }) => {
  test.setTimeout(240_000); // mostly for creating the tasks
  for (let first = 0; first < 10_000; first += 100) {
    const due = new Date(Date.now() + (1 + first / A_DAY) * 24 * 3_600_000).toISOString();
    const operations = Array.from({ length: 100 }, (_, index) => ({
      op: 'create',
      data: { title: `Task ${String(first + index).padStart(5, '0')}`, due_date: due },
    }));
    await person.api('POST', '/tasks/bulk', { operations });
  }
  for (const view of ['all?sort=title', 'upcoming']) {
    await person.open(view);
    await expect(person.title('Task 00000')).toBeVisible();
    const { paints, slowest } = await measured(person);
    console.log(
      `10,000 tasks, ${view}: interaction to paint ${paints.map((ms) => ms.toFixed(0)).join(', ')} ms; slowest input event ${slowest.toFixed(0)} ms`,
    );
    expect(paints[2], view).toBeLessThan(100);
  }
});

/** Scrolls far, then completes visible tasks. Returns the times to paint, fastest first. */
async function measured(person: Person): Promise<{ paints: number[]; slowest: number }> {
  const { page } = person;
  const list = page.getByRole('list', { name: 'Tasks' });
  await list.hover();
  for (let turn = 0; turn < 30; turn++) {
    await page.mouse.wheel(0, 2500);
    await page.waitForTimeout(30); // the pace of a scroll wheel
  }
  await expect(person.title('Task 01')).not.toHaveCount(0);
  expect(await list.getByRole('listitem').count()).toBeLessThan(80);
  const slowest = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const found: number[] = [];
        new PerformanceObserver((entries) =>
          found.push(...entries.getEntries().map((entry) => entry.duration)),
        ).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
        setTimeout(() => resolve(Math.max(0, ...found)), 500);
      }),
  );
  const paints: number[] = [];
  for (let time = 0; time < 5; time++)
    paints.push(
      await list
        .getByRole('checkbox')
        .nth(12)
        .evaluate(
          (box: HTMLElement) =>
            new Promise<number>((resolve) => {
              const start = performance.now();
              box.click();
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
            }),
        ),
    );
  paints.sort((a, b) => a - b);
  return { paints, slowest };
}
