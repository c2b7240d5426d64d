/** The vocabulary of the tests: a newly signed-up person, and the actions of a person in the page. */
import { randomBytes } from 'node:crypto';
import { expect, type Locator, type Page, test as base } from '@playwright/test';

export const PASSWORD = 'correct horse battery';
/** Below it, quick-add is in a sheet. */
const PHONE_WIDTH = 768;
/** That of the browser, see playwright.config.ts. */
const TIME_ZONE = 'Europe/Berlin';

export class Person {
  private token: string | undefined;

  constructor(
    readonly page: Page,
    readonly email: string,
  ) {}

  /** Opens a view, once everything is saved: a page that is left with unsaved changes lets the next page send them. */
  async open(view: string): Promise<void> {
    await saved(this.page);
    await this.page.goto(`${webUrl()}/${view}`);
    await ready(this.page);
  }

  async add(text: string): Promise<void> {
    const isPhone = (this.page.viewportSize()?.width ?? 0) < PHONE_WIDTH;
    if (isPhone) await this.page.getByRole('button', { name: 'Add a task' }).first().click();
    const input = this.page.getByRole('textbox', { name: 'New task' });
    await input.fill(text);
    await input.press('Enter');
    await expect(input).toHaveValue('');
    if (isPhone) await this.page.getByRole('button', { name: 'Close', exact: true }).click();
  }

  row(title: string): Locator {
    return this.page
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('button', { name: title }) })
      .filter({ has: this.page.getByRole('checkbox') });
  }

  title(title: string): Locator {
    return this.page
      .getByRole('list', { name: 'Tasks' })
      .getByRole('button', { name: title })
      .and(this.page.locator('[data-title]'));
  }

  async complete(title: string): Promise<void> {
    await this.page
      .getByRole('list', { name: 'Tasks' })
      .getByRole('checkbox', { name: `Complete “${title}”` })
      .click();
  }

  async details(title: string): Promise<Locator> {
    await this.title(title).click();
    return this.page.getByRole('complementary', { name: 'Task details' });
  }

  /** Opens the editor of a property in the details of a task: from its row, or from "Add…". */
  async property(details: Locator, name: string): Promise<Locator> {
    await expect(details.getByLabel('Title')).toBeVisible();
    const row = details.getByRole('button', { name: `${name}: ` });
    if ((await row.count()) > 0) await row.click();
    else {
      await details.getByRole('button', { name: 'Add…' }).click();
      await this.page.getByRole('menuitem', { name }).click();
    }
    return this.page.getByRole('dialog', { name, exact: true }).or(this.page.getByRole('menu'));
  }

  async trash(details: Locator): Promise<void> {
    await details.getByRole('button', { name: 'More actions' }).click();
    await this.page.getByRole('menuitem', { name: 'Move to the trash' }).click();
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Account' }).click();
    await this.page.getByRole('menuitem', { name: 'Sign out' }).click();
  }

  /** Signs in on the sign-in page, and waits for the page that follows. */
  async signIn(): Promise<void> {
    await this.page.getByLabel('E-mail').fill(this.email);
    await this.page.getByLabel('Password').fill(PASSWORD);
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await this.page.waitForURL((url) => url.pathname !== '/sign-in');
    await ready(this.page);
  }

  /** Calls the API as this person. */
  async api(method: string, path: string, data?: unknown): Promise<unknown> {
    const { url, headers } = await this.access(path);
    const answer = await this.page.context().request.fetch(url, {
      method,
      headers,
      ...(data === undefined ? {} : { data }),
    });
    expect(answer.ok(), await answer.text()).toBe(true);
    return answer.status() === 204 ? null : await answer.json();
  }

  /** Returns a task as the server has it; null while it does not have one with that number. */
  async task(id: number): Promise<Record<string, unknown> | null> {
    const { url, headers } = await this.access(`/tasks/${id}`);
    const answer = await this.page.context().request.get(url, { headers });
    if (answer.status() === 404) return null;
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as Record<string, unknown>;
  }

  /** Returns the URL of an API path of this person, and headers with a token of the page's session. */
  async access(path: string): Promise<{ url: string; headers: Record<string, string> }> {
    const request = this.page.context().request;
    this.token ??= ((await (await request.get(`${webUrl()}/api/auth/token`)).json()) as { token: string }).token;
    const { sub } = JSON.parse(atob(this.token.split('.')[1] ?? '')) as { sub: string };
    return { url: `${webUrl()}/api/${sub}${path}`, headers: { Authorization: `Bearer ${this.token}` } };
  }
}

/** Chooses a day of a month ahead in the calendar that is open. */
export async function chooseDay(page: Page, day: number, month: string): Promise<void> {
  const popup = page.getByRole('dialog', { name: 'Move to a day' });
  while (!(await popup.getByRole('grid', { name: month }).isVisible()))
    await popup.getByRole('button', { name: 'Next month' }).click();
  await popup.getByRole('button', { name: new RegExp(`\\b${day} ${month}`) }).click();
}

/** Waits until the page is rendered and the list has loaded. */
export async function ready(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
}

/** Waits until the page has no unsaved changes. */
async function saved(page: Page): Promise<void> {
  if (!page.url().startsWith(webUrl())) return;
  await page.waitForFunction(() => !Object.keys(localStorage).some((name) => name.startsWith('changes of ')));
}

export function webUrl(): string {
  return process.env.TODO_WEB_URL ?? '';
}

/** Signs a person up as the sign-up page does, but without loading it: nearly every test needs an account. */
export async function signUp(page: Page): Promise<Person> {
  // A different address for each person, because sign-up is rate-limited by address.
  await page.context().setExtraHTTPHeaders({ 'x-forwarded-for': [10, ...randomBytes(3)].join('.') });
  const email = `${randomBytes(8).toString('hex')}@example.com`;
  const answer = await page.context().request.post(`${webUrl()}/api/auth/sign-up/email`, {
    headers: { Origin: webUrl() },
    data: { name: 'Ann', email, password: PASSWORD },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const person = new Person(page, email);
  const settings = (await person.api('GET', '/settings')) as object;
  await person.api('PUT', '/settings', { ...settings, time_zone: TIME_ZONE });
  await person.open('today');
  return person;
}

/** Collects what fails a test: page errors, CSP violations, hydration errors, and requests to other hosts. */
function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|hydrat/i.test(message.text())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(webUrl()) && !/^(data|blob):/.test(request.url()))
      complaints.push(`a request to ${request.url()}`);
  });
  return complaints;
}

export const test = base.extend<{ person: Person }>({
  person: async ({ page }, provide) => {
    const complaints = watch(page);
    const person = await signUp(page);
    await provide(person);
    expect(complaints).toEqual([]);
  },
});

export { expect } from '@playwright/test';
