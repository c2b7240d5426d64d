import { expect, type Person, signUp, test as base, webUrl } from './person';
import { catchWindows, closeAll, deliverer, press, pretendPush, type Pushed, shown, workerOf } from './push';

const test = base.extend<{ person: Person }>({
  person: async ({ page, context }, provide) => {
    await pretendPush(context);
    await provide(await signUp(page));
  },
});

async function userOf(person: Person): Promise<string> {
  const { url } = await person.access('');
  return decodeURIComponent(url.split('/').at(-1) ?? '');
}

/** Makes a task whose reminder comes at once, and returns what the server pushes then. */
async function reminded(person: Person, title: string): Promise<Pushed> {
  await person.access('/tasks'); // get the token first: a task whose instant has passed gets no reminder
  const due = new Date(Date.now() + 2000).toISOString();
  const task = (await person.api('POST', '/tasks', { title, due_date: due, reminder_lead_time: 0 })) as { id: number };
  let id: string | undefined;
  await expect
    .poll(
      async () => {
        const { items } = (await person.api('GET', '/notifications')) as { items: { id: string; task_id: number }[] };
        id = items.find((one) => one.task_id === task.id)?.id;
        return id;
      },
      { timeout: 15_000 },
    )
    .toBeTruthy();
  const user_id = await userOf(person);
  return { id: id ?? '', user_id, type: 'reminder', task_id: task.id, title, body: 'Due Monday' };
}

async function unread(person: Person): Promise<number> {
  return ((await person.api('GET', '/notifications')) as { unread_count: number }).unread_count;
}

test.describe('a pushed reminder', { tag: '@chromium' }, () => {
  test('has buttons that work with the page closed: Done', async ({ person, context }) => {
    const { page } = person;
    const pushed = await reminded(person, 'Tea is ready');
    const worker = await workerOf(page);
    const deliver = await deliverer(await context.newPage());
    await page.close();
    await deliver(pushed);
    await expect
      .poll(() => shown(worker))
      .toEqual([
        { title: 'Tea is ready', body: 'Due Monday', tag: 'task 1', silent: false, actions: ['Done', '10 minutes'] },
      ]);
    await press(worker, 'done');
    await expect.poll(() => person.task(1)).toMatchObject({ status: 'completed' });
    await expect.poll(() => unread(person)).toBe(0);
    expect(await shown(worker)).toEqual([]);
  });

  test('has buttons that work with the page closed: 10 minutes, and tomorrow', async ({ person, context }) => {
    const { page } = person;
    const pushed = await reminded(person, 'Tea is ready');
    const worker = await workerOf(page);
    const deliver = await deliverer(await context.newPage());
    await page.close();
    const until = async () => {
      const { items } = (await person.api('GET', '/snoozes')) as { items: { until: string }[] };
      return items[0] ? (Date.parse(items[0].until) - Date.now()) / 60_000 : 0;
    };
    await deliver(pushed);
    await press(worker, 'soon');
    await expect.poll(until).toBeGreaterThan(9);
    expect(await until()).toBeLessThan(11);
    await expect.poll(() => unread(person)).toBe(0);
    await deliver(pushed);
    await press(worker, 'tomorrow');
    await expect.poll(until).toBeGreaterThan(60);
  });

  test('opens the task in the page of the user, and is read then', async ({ person }) => {
    const { page } = person;
    const pushed = await reminded(person, 'Tea is ready');
    const worker = await workerOf(page);
    const deliver = await deliverer(page);
    await deliver(pushed);
    await press(worker);
    await expect(page.getByRole('complementary', { name: 'Task details' }).getByLabel('Title')).toHaveValue(
      'Tea is ready',
    );
    await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();
    expect(await unread(person)).toBe(0);
  });

  test('opens a new page at the task, where none is open', async ({ person, context }) => {
    const { page } = person;
    const pushed = await reminded(person, 'Tea is ready');
    const worker = await workerOf(page);
    const windows = await catchWindows(worker);
    const deliver = await deliverer(await context.newPage());
    await page.close();
    await deliver(pushed);
    await press(worker);
    await expect.poll(windows).toHaveLength(1);
    const [path] = await windows();
    const opened = await context.newPage();
    await opened.goto(`${webUrl()}${path}`);
    await expect(opened.getByRole('complementary', { name: 'Task details' }).getByLabel('Title')).toHaveValue(
      'Tea is ready',
    );
    await expect(opened).toHaveURL(/\/today\?task=1$/);
    await expect.poll(() => unread(person)).toBe(0);
  });

  test('says in the page at the task why a button did nothing', async ({ person, context }) => {
    const { page } = person;
    await person.add('Buy milk');
    await expect(page.getByText('“Buy milk” added')).toBeVisible();
    const user_id = await userOf(person);
    const pushed: Pushed = {
      id: crypto.randomUUID(),
      user_id,
      type: 'reminder',
      task_id: 1,
      title: 'Buy milk',
      body: '',
    };
    const worker = await workerOf(page);
    const windows = await catchWindows(worker);
    const deliver = await deliverer(page);
    // The page is not brought to the front, as nobody has clicked: so another notification says it, too.
    const says = async (text: string) => {
      await expect(page.getByRole('alert').filter({ hasText: text })).toBeVisible();
      await expect.poll(async () => (await shown(worker)).map(({ body }) => body)).toContain(text);
      await closeAll(worker);
    };

    await deliver(pushed);
    await press(worker, 'soon'); // no reminder of this task was sent
    await says('“10 minutes” was not saved: the task was completed or changed since.');
    await expect(page.getByRole('complementary', { name: 'Task details' }).getByLabel('Title')).toHaveValue('Buy milk');
    await deliver({ ...pushed, task_id: 99 });
    await press(worker, 'done');
    await says('“Done” was not saved: the task is not there any more.');

    await worker.evaluate(() => {
      const { fetch } = globalThis;
      Object.assign(globalThis, { online: fetch, fetch: () => Promise.reject(new TypeError('Failed to fetch')) });
    });
    await deliver(pushed);
    await press(worker, 'done');
    await says('“Done” was not saved: the server could not be reached. Try again here.');
    await worker.evaluate(() => {
      Object.assign(globalThis, { fetch: (globalThis as unknown as { online: typeof fetch }).online });
    });
    expect(await person.task(1)).toMatchObject({ status: 'pending' });
    expect(await windows()).toEqual([]);

    await deliver({ ...pushed, user_id: 'somebody else' });
    await press(worker, 'done');
    await expect.poll(windows).toHaveLength(1); // no page is of that account
    expect(await person.task(1)).toMatchObject({ status: 'pending' });
    const other = await context.newPage();
    await other.goto(`${webUrl()}${(await windows())[0]}`);
    await expect(other.getByText('The reminder is of another account')).toBeVisible();
    await expect(other.getByRole('complementary', { name: 'Task details' })).toHaveCount(0);
  });

  test('leads somebody who is signed out to the task, after the sign-in', async ({ person, context }) => {
    const { page } = person;
    const pushed = await reminded(person, 'Tea is ready');
    const worker = await workerOf(page);
    const windows = await catchWindows(worker);
    const deliver = await deliverer(await context.newPage());
    await page.close();
    await context.clearCookies();
    await deliver(pushed);
    await press(worker, 'done');
    await expect.poll(windows).toHaveLength(1);
    const opened = await context.newPage();
    await opened.goto(`${webUrl()}${(await windows())[0]}`);
    await opened.waitForURL('**/sign-in?*');
    await opened.getByLabel('E-mail').fill(person.email);
    await opened.getByLabel('Password').fill('correct horse battery');
    await opened.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(opened.getByText('“Done” was not saved: you were signed out. Try again here.')).toBeVisible();
    await expect(opened.getByRole('complementary', { name: 'Task details' }).getByLabel('Title')).toHaveValue(
      'Tea is ready',
    );
  });

  test('is always shown: a later one of a task replaces the earlier one, and what cannot be read is said', async ({
    person,
  }) => {
    const { page } = person;
    const user_id = await userOf(person);
    const pushed: Pushed = { id: 'a', user_id, type: 'reminder', task_id: 1, title: 'First', body: '' };
    const worker = await workerOf(page);
    const deliver = await deliverer(page);
    await page.evaluate(() => window.focus());
    await deliver(pushed);
    await deliver({ ...pushed, id: 'b', title: 'Second' });
    await expect.poll(async () => (await shown(worker)).map(({ title }) => title)).toEqual(['Second']);
    await deliver({ ...pushed, id: 'c', type: 'info', task_id: null, title: 'Test' });
    await deliver('not JSON');
    await expect
      .poll(async () => (await shown(worker)).map(({ title, actions }) => [title, actions.length]).sort())
      .toEqual([
        ['Second', 2],
        ['Test', 0],
        ['Todo', 0],
      ]);
  });
});
