/** The browser is closed and started again: its profile is on disk. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { copyHas, filesAreKept } from './kept';
import { expect, Person, signUp, test as base, webUrl } from './person';

/** Also for the service worker, which does not follow `setOffline` in every case. */
const NO_NETWORK = { offline: true, proxy: { server: 'http://127.0.0.1:9', bypass: '<-loopback>' } };

interface Machine {
  profile: string;
  /** Starts the browser with the profile. The former one is closed. Without a network the server is out of reach. */
  start: (options?: { network?: boolean }) => Promise<Page>;
  close: () => Promise<void>;
}

const test = base.extend<{ machine: Machine }>({
  machine: async ({ launchOptions, viewport, locale, timezoneId }, provide) => {
    const profile = mkdtempSync(join(tmpdir(), 'todo-profile-'));
    let context: BrowserContext | undefined;
    const close = async () => context?.close();
    await provide({
      profile,
      close,
      start: async ({ network = true } = {}) => {
        await close();
        const page = { viewport, ...(locale ? { locale } : {}), ...(timezoneId ? { timezoneId } : {}) };
        context = await chromium.launchPersistentContext(profile, {
          ...launchOptions,
          ...page,
          ...(network ? {} : NO_NETWORK),
        });
        return context.pages()[0] ?? context.newPage();
      },
    });
    await close();
    rmSync(profile, { recursive: true, force: true });
  },
});

/** Returns the files of the profile that have the text in their bytes. */
function filesWith(text: string, folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) =>
      ['utf8', 'utf16le'].some((code) => readFileSync(path).includes(Buffer.from(text, code as 'utf8'))),
    );
}

async function withTasks(page: Page, ...titles: string[]): Promise<Person> {
  const person = await signUp(page);
  for (const title of titles)
    await person.api('POST', '/tasks', { title, description: 'At the corner', due_date: today() });
  await person.open('today');
  await filesAreKept(page);
  await copyHas(page, true);
  return person;
}

function today(): string {
  return new Date().toLocaleDateString('sv', { timeZone: 'Europe/Berlin' });
}

test('tasks can be read, found and changed after a restart without a connection', async ({ machine }) => {
  const { email } = await withTasks(await machine.start(), 'Buy milk', 'Water plants');
  const page = await machine.start({ network: false });
  const person = new Person(page, email);
  await page.goto(`${webUrl()}/today`);
  await expect(person.title('Buy milk')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: /You are offline. Tasks as of .*\d:\d\d/ })).toBeVisible();
  const details = await person.details('Buy milk');
  await expect(details.getByText('At the corner')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.goto(`${webUrl()}/search?q=plant`);
  await expect(person.title('Water plants')).toBeVisible();
  await expect(person.title('Buy milk')).toHaveCount(0);
  await page.goto(`${webUrl()}/trash`);
  await expect(page.getByText('This list cannot be shown offline')).toBeVisible();
  await page.goto(`${webUrl()}/all`);
  await person.complete('Buy milk');
  await person.add('Call Ann');
  await expect(page.getByText('2 changes wait to be sent')).toBeVisible();

  const again = await machine.start({ network: false });
  const later = new Person(again, email);
  await again.goto(`${webUrl()}/all`);
  await expect(later.title('Call Ann')).toBeVisible();
  await expect(later.title('Buy milk')).toHaveCount(0);

  const online = await machine.start();
  const sent = new Person(online, email);
  await online.goto(`${webUrl()}/all`);
  await expect.poll(async () => (await sent.task(1))?.completed).toBe(true);
  await expect.poll(async () => (await sent.task(3))?.title).toBe('Call Ann');
  await expect(sent.title('Call Ann')).toHaveCount(1);
});

test('nothing is left after signing out', async ({ machine }) => {
  const page = await machine.start();
  const person = await withTasks(page, 'My secret errand');
  await page
    .context()
    .newPage()
    .then((other) => other.goto(`${webUrl()}/all`));
  await machine.close();
  expect(filesWith('My secret errand', machine.profile)).toEqual([]); // the copy is encrypted

  const open = await machine.start();
  await open.goto(`${webUrl()}/today`);
  await copyHas(open, true);
  await new Person(open, person.email).signOut();
  await open.waitForURL('**/sign-in*');
  await copyHas(open, false);
  expect(await open.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)])).toEqual([[], []]);
  const after = await machine.start({ network: false });
  await after.goto(`${webUrl()}/today`);
  await expect(after.getByRole('heading', { name: 'No connection' })).toBeVisible();
  await machine.close();
  expect(filesWith('My secret errand', machine.profile)).toEqual([]);
});

test('a page that was opened without a connection goes on when it returns', async ({ person, context }) => {
  await person.api('POST', '/tasks', { title: 'Buy milk' });
  await person.open('all');
  await filesAreKept(person.page);
  await copyHas(person.page, true);
  await person.page.close();
  await context.setOffline(true);
  const page = await context.newPage();
  const now = new Person(page, person.email);
  await page.goto(`${webUrl()}/all`);
  await expect(now.title('Buy milk')).toBeVisible();
  await now.complete('Buy milk');
  await now.add('Call Ann');
  await person.api('POST', '/tasks', { title: 'From the phone' });
  await context.setOffline(false);
  await expect(now.title('From the phone')).toBeVisible();
  await expect(page.getByText('You are offline')).toHaveCount(0);
  await expect.poll(async () => (await person.task(1))?.completed).toBe(true);
  await expect(now.title('Call Ann')).toHaveCount(1);
});

test('a session that has ended meanwhile takes the copy with it', async ({ person, context }) => {
  await person.api('POST', '/tasks', { title: 'Buy milk' });
  await person.open('all');
  await filesAreKept(person.page);
  await copyHas(person.page, true);
  await person.page.close();
  await context.setOffline(true);
  const page = await context.newPage();
  await page.goto(`${webUrl()}/all`);
  await expect(new Person(page, person.email).title('Buy milk')).toBeVisible();
  await context.clearCookies();
  await context.setOffline(false);
  await page.waitForURL('**/sign-in*');
  await copyHas(page, false);
});
