import type { Browser } from '@playwright/test';
import { violations } from './axe';
import { expect, Person, test, webUrl } from './person';

const LIST = /\/tasks\?/;

/** Signs the same person in on another device. */
async function elsewhere(person: Person, browser: Browser): Promise<Person> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  const page = await context.newPage();
  await page.goto(`${webUrl()}/sign-in?back=/all`);
  const there = new Person(page, person.email);
  await there.signIn();
  return there;
}

/** Returns the event id at which a new stream of this person's starts. */
async function newestEvent(person: Person): Promise<string> {
  const { url, headers } = await person.access('/events');
  const reader = (await fetch(url, { headers })).body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  // The id may come in a later chunk than the beginning of the stream.
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    text += decoder.decode(value, { stream: true });
    const id = /^id: (\d+)\n/m.exec(text)?.[1];
    if (id === undefined && !done) continue;
    await reader?.cancel();
    return id ?? '';
  }
}

test('two devices see the changes of each other within a second', async ({ person, browser }) => {
  await person.open('all');
  const phone = await elsewhere(person, browser);
  const second = { timeout: 1000 };
  await phone.add('From the phone');
  await expect(phone.page.getByText('“From the phone” added')).toBeVisible();
  await expect(person.title('From the phone')).toBeVisible(second);
  await person.complete('From the phone');
  await expect(person.page.getByText('“From the phone” completed')).toBeVisible();
  await expect(phone.title('From the phone')).toHaveCount(0, second);
  await phone.page.context().close();
});

test('a reminder arrives while the page is open: a message, the bell, and it can be read', async ({ person }) => {
  const { page } = person;
  await person.access('/tasks'); // get the token first: a task whose instant has passed gets no reminder
  await person.api('POST', '/tasks', {
    title: 'Tea is ready',
    due_date: new Date(Date.now() + 3000).toISOString(),
    reminder_lead_time: 0,
  });
  await expect(page.getByText(/Tea is ready/).first()).toBeVisible({ timeout: 15_000 });
  const bell = page.getByRole('button', { name: 'Notifications, 1 unread' });
  await bell.click();
  const list = page.getByRole('dialog', { name: 'Notifications' });
  await expect(list.getByRole('listitem')).toContainText([/Tea is ready(now|1 minute ago)Due Today, \d\d?:\d\dSnooze/]);
  await page.route('**/mark_all_read', (route) => route.fulfill({ status: 500, json: { detail: 'it is not so' } }));
  await list.getByRole('button', { name: 'Mark all read' }).click();
  await expect(list.getByRole('alert')).toContainText('it is not so');
  await page.unroute('**/mark_all_read');
  await list.getByRole('button', { name: 'Try again' }).click();
  await expect(list.getByRole('alert')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();
});

test('two versions of a title are shown, and the person chooses', async ({ person }) => {
  const { page } = person;
  await person.add('Buy milk');
  await person.open('all');
  const details = await person.details('Buy milk');
  await details.getByLabel('Title').fill('Buy oat milk');
  await person.api('PATCH', '/tasks/1', { title: 'Buy rice milk', priority: 'High' });
  await expect(person.title('Buy rice milk')).toBeVisible(); // the change has arrived, and the draft stays
  await expect(details.getByLabel('Title')).toHaveValue('Buy oat milk');
  await details.getByLabel('Title').blur();
  const dialog = page.getByRole('dialog', { name: 'This task was changed elsewhere too' });
  await expect(dialog).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('radio', { name: 'Buy rice milk' }).check();
  await dialog.getByRole('radio', { name: 'Buy oat milk' }).check();
  await dialog.getByRole('button', { name: 'Keep selected' }).click();
  await expect.poll(() => person.task(1)).toMatchObject({ title: 'Buy oat milk', priority: 'High' });
});

test('a conflict that is closed stays open: nothing is undone, lost or decided, also after a reload', async ({
  person,
}) => {
  const { page } = person;
  const dialog = page.getByRole('dialog', { name: 'This task was changed elsewhere too' });
  await person.add('Buy milk');
  await person.open('all');
  const details = await person.details('Buy milk');
  await details.getByLabel('Title').fill('Buy oat milk');
  await person.api('PATCH', '/tasks/1', { title: 'Buy rice milk' });
  await expect(person.title('Buy rice milk')).toBeVisible();
  await details.getByLabel('Title').blur();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await page.locator('main').focus();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('There is nothing to undo')).toBeVisible();
  expect(await person.api('GET', '/tasks/1')).toMatchObject({ title: 'Buy rice milk' });
  await person.add('Another'); // changes of other tasks do not wait
  await expect.poll(() => person.api('GET', '/tasks')).toMatchObject({ total: 2 });
  await details.getByLabel('Description').fill('two litres'); // later changes of the same task do
  await details.getByLabel('Description').blur();
  await expect(dialog).toBeVisible();
  await page.reload();
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('“Buy rice milk” was changed elsewhere too')).toBeVisible();
  expect(await person.api('GET', '/tasks/1')).toMatchObject({ title: 'Buy rice milk', description: '' });
  await page.getByRole('button', { name: 'Review' }).click();
  await dialog.getByRole('button', { name: 'Keep selected' }).click();
  await expect.poll(() => person.task(1)).toMatchObject({ title: 'Buy oat milk', description: 'two litres' });
  await expect(page.getByRole('button', { name: 'Review' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect.poll(() => person.task(1)).toMatchObject({ title: 'Buy rice milk', description: '' });
});

test('what two have changed in different fields stands, and nobody is asked', async ({ person }) => {
  const { page } = person;
  await person.add('Buy milk');
  await person.open('all');
  const details = await person.details('Buy milk');
  await details.getByLabel('Description').fill('two litres');
  await person.api('PATCH', '/tasks/1', { title: 'Buy rice milk' });
  await expect(person.title('Buy rice milk')).toBeVisible();
  await details.getByLabel('Description').blur();
  await expect.poll(() => person.task(1)).toMatchObject({ title: 'Buy rice milk', description: 'two litres' });
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the history has a change as soon as it is made', async ({ person }) => {
  await person.add('Buy milk');
  await person.open('all');
  const details = await person.details('Buy milk');
  await details.getByRole('button', { name: 'History' }).click();
  await expect(details.getByText('Created')).toBeVisible();
  await (await person.property(details, 'Priority')).getByRole('menuitemradio', { name: 'High' }).click();
  await expect(details.getByText('None → High')).toBeVisible();
});

test('what was done offline is shown, waits, and is sent when the connection returns', async ({ person, context }) => {
  const { page } = person;
  await person.add('Buy milk');
  await person.open('all');
  await expect(person.title('Buy milk')).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText('You are offline')).toBeVisible();
  await person.complete('Buy milk');
  await person.add('Made offline');
  await expect(person.title('Buy milk')).toHaveCount(0);
  await expect(person.title('Made offline')).toBeVisible();
  await expect(page.getByText('2 changes wait to be sent')).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('You are offline')).toHaveCount(0);
  await expect
    .poll(() => person.api('GET', '/tasks?sort=title'), { timeout: 20_000 })
    .toMatchObject({
      items: [
        { title: 'Buy milk', status: 'completed' },
        { title: 'Made offline', status: 'pending' },
      ],
    });
});

test('what was done offline survives the page, and is sent when it is opened again', async ({ person, context }) => {
  const { page } = person;
  await person.add('Buy milk');
  await expect(page.getByText('“Buy milk” added')).toBeVisible();
  await person.open('all');
  await context.setOffline(true);
  await person.add('Made offline');
  await person.complete('Made offline');
  await expect(page.getByText('2 changes wait to be sent')).toBeVisible();
  await page.close();
  await context.setOffline(false);
  const again = new Person(await context.newPage(), person.email);
  await again.open('completed');
  await expect(again.title('Made offline')).toBeVisible();
  await again.open('all');
  await expect(again.page.locator('[data-title]')).toHaveText(['Buy milk']);
});

test('a change that the server refuses is taken back with its reason', async ({ person }) => {
  const { page } = person;
  await person.add('Buy milk');
  await person.open('all');
  await page.route('**/tasks/1/complete', (route) =>
    route.fulfill({
      status: 422,
      contentType: 'application/problem+json',
      body: JSON.stringify({ status: 422, code: 'invalid', detail: 'it is not so', errors: [] }),
    }),
  );
  await person.complete('Buy milk');
  await expect(page.getByText('not done. it is not so')).toBeVisible();
  await expect(person.title('Buy milk')).toBeVisible();
  await page.unroute('**/tasks/1/complete');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(person.title('Buy milk')).toHaveCount(0);
});

test('a trail that was touched is said to be so', async ({ person }) => {
  const { page } = person;
  await page.route('**/audit_logs/verify', (route) =>
    route.fulfill({
      json: { valid: false, checked: 3, head_hash: 'ab', first_invalid: { position: 2, reason: 'its digest differs' } },
    }),
  );
  await person.open('activity');
  const proof = page.getByRole('region', { name: 'Proof of the trail' });
  await expect(proof).toContainText('Entry 2 of the trail was changed: its digest differs.');
  await page.unroute('**/audit_logs/verify');
  await proof.getByRole('button', { name: 'Check again' }).click();
  await expect(proof).toContainText('The trail is intact');
});

test('a connection that was lost goes on from the last event, and brings what came meanwhile', async ({ person }) => {
  const { page } = person;
  await person.api('POST', '/tasks', { title: 'Before' });
  const last = await newestEvent(person);
  const asked: (string | undefined)[] = [];
  const lists: string[] = [];
  let missed: Promise<unknown> = Promise.resolve();
  page.on('request', (request) => LIST.test(request.url()) && lists.push(request.url()));
  await page.route('**/events', async (route) => {
    asked.push(route.request().headers()['last-event-id']);
    if (asked.length > 1) return missed.then(() => route.continue());
    await person.title('Before').waitFor();
    missed = page
      .waitForResponse(LIST) // a stream that starts has the list loaded once more
      .then(() => person.api('POST', '/tasks', { title: 'Meanwhile' }))
      .then(() => void (lists.length = 0));
    const body = `retry: 100\nid: ${last}\nevent: ready\ndata: {}\n\n`; // then the stream ends
    return route.fulfill({ contentType: 'text/event-stream', body });
  });
  await person.open('all');
  await expect(person.title('Meanwhile')).toBeVisible();
  expect(asked).toEqual([undefined, last]);
  expect(lists).toEqual([]); // delivered by the event, not by a list request
});

test('an idle page without events connects again without loading anything', async ({ person }) => {
  const { page } = person;
  const asked: (string | undefined)[] = [];
  const loaded: string[] = [];
  page.on(
    'request',
    (request) => /\/(tasks|overview|notifications)(\?|$)/.test(request.url()) && loaded.push(request.url()),
  );
  let loadedBefore: Promise<unknown> = Promise.resolve();
  await page.route('**/events', async (route) => {
    asked.push(route.request().headers()['last-event-id']);
    if (asked.length > 1) return loadedBefore.then(() => route.continue());
    await page.getByText('No open tasks').waitFor();
    loadedBefore = page.waitForResponse(LIST).then(() => void (loaded.length = 0));
    return route.fulfill({ contentType: 'text/event-stream', body: 'retry: 100\nid: 0\nevent: ready\ndata: {}\n\n' });
  });
  await person.open('all');
  await expect.poll(() => asked).toEqual([undefined, '0']);
  await person.api('POST', '/tasks', { title: 'Later' }); // later events are not missed
  await expect(person.title('Later')).toBeVisible();
  expect(loaded.filter((url) => !url.includes('overview'))).toEqual([]);
});

test('where the log does not reach back to, the page is loaded anew', async ({ person }) => {
  const { page } = person;
  let connections = 0;
  let missed: Promise<unknown> = Promise.resolve();
  const said = (event: string) => ({
    contentType: 'text/event-stream',
    body: `retry: 100\nid: ${connections}\nevent: ${event}\ndata: {}\n\n`,
  });
  await page.route('**/events', async (route) => {
    connections += 1;
    if (connections === 1) return route.fulfill(said('ready'));
    if (connections === 2) {
      missed = page
        .getByText('No open tasks')
        .waitFor() // otherwise the first list would contain the task
        .then(() => person.api('POST', '/tasks', { title: 'Missed' }));
    }
    await missed;
    return route.fulfill(said(connections === 2 ? 'reset' : 'ready'));
  });
  await person.open('all');
  await expect(person.title('Missed')).toBeVisible();
});

const within = (until: Date, from: number, to: number) => {
  const minutes = (until.getTime() - Date.now()) / 60_000;
  return from < minutes && minutes < to;
};

const hourInBerlin = (instant: Date) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit' }).format(instant);

test('a reminder is snoozed for a while or until a time, which can be cancelled; the due date stays as it is', async ({
  person,
}) => {
  const { page } = person;
  const due = new Date(Date.now() + 1500).toISOString();
  await person.api('POST', '/tasks', { title: 'Tea is ready', due_date: due, reminder_lead_time: 0 });
  await person.open('today');
  await page.getByRole('button', { name: 'Notifications, 1 unread' }).click({ timeout: 15_000 });
  await page.getByRole('button', { name: 'Snooze “Tea is ready”' }).click();
  const form = page.getByRole('form', { name: 'Snooze “Tea is ready”' });
  const inWords = async (words: string) => {
    await form.getByLabel('Another time, in words').fill(words);
    await form.getByLabel('Another time, in words').press('Enter');
  };
  await inWords('whenever');
  await expect(form.getByRole('alert')).toContainText('“whenever” is not a time');
  const toggle = page.getByRole('button', { name: 'Snooze “Tea is ready”' });
  const choices: [() => Promise<void>, (until: Date) => boolean][] = [
    [() => form.getByRole('button', { name: '10 minutes' }).click(), (until) => within(until, 9, 11)],
    [() => form.getByRole('button', { name: '1 hour' }).click(), (until) => within(until, 59, 61)],
    [() => form.getByRole('button', { name: /^Tomorrow/ }).click(), (until) => hourInBerlin(until) === '09'],
    [() => inWords('2 hours'), (until) => within(until, 118, 121)],
  ];
  for (const [choose, isRight] of choices) {
    const snoozed = page.waitForResponse((response) => response.url().endsWith('/tasks/1/snooze') && response.ok());
    await choose();
    const { until } = (await (await snoozed).json()) as { until: string };
    expect(isRight(new Date(until)), until).toBe(true);
    await expect(form).toBeHidden();
    await expect(toggle).toBeFocused();
    await toggle.press('Enter');
    await expect(form.getByRole('button', { name: '10 minutes' })).toBeFocused();
  }
  await expect(page.getByText(/^Reminder again/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeAttached();
  const pending = page.getByRole('region', { name: 'Snoozed' });
  await expect(pending.getByText(/^Again/)).toBeVisible();
  await pending.getByRole('button', { name: 'Cancel the snooze of “Tea is ready”' }).click();
  await expect(pending).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Notifications' })).toBeFocused();
  expect(await person.api('GET', '/snoozes')).toEqual({ items: [] });
  const [task] = ((await person.api('GET', '/tasks')) as { items: { due_date: string }[] }).items;
  expect(Date.parse(task?.due_date ?? '')).toBe(Date.parse(due));
});

test(
  'a reminder is shown by the browser when one has asked for that, and looks elsewhere',
  {
    tag: '@chromium',
  },
  async ({ person, context }) => {
    const { page } = person;
    await context.grantPermissions(['notifications']);
    await page.addInitScript(() => {
      const shown: string[] = [];
      Object.assign(window, { shown });
      window.Notification = class extends Notification {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options);
          shown.push(title);
        }
      };
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    });
    const remind = (title: string) =>
      person.api('POST', '/tasks', {
        title,
        due_date: new Date(Date.now() + 2000).toISOString(),
        reminder_lead_time: 0,
      });
    const shown = () => page.evaluate(() => (window as unknown as { shown: string[] }).shown);
    await person.open('settings?section=notifications');
    await person.access('/tasks');
    await remind('Not asked for');
    await expect(page.getByText(/Not asked for/).first()).toBeVisible({ timeout: 15_000 });
    expect(await shown()).toEqual([]);
    // A context of the tests has no push service.
    await page.getByRole('button', { name: 'Turn on notifications on this device' }).click();
    await expect(page.getByText('On, but only while Todo is open')).toBeVisible();
    await expect(page.getByRole('alert').filter({ hasText: 'This browser cannot use its push service' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await remind('Tea is ready');
    await expect.poll(shown, { timeout: 15_000 }).toEqual(['Tea is ready']);
  },
);
