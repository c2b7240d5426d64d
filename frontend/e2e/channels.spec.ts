import type { Page } from '@playwright/test';
import { violations } from './axe';
import { expect, PASSWORD, Person, signUp, test as base, webUrl } from './person';
import { pretendPush, workerOf } from './push';

interface Channels {
  email: { available: boolean; address: string | null };
  push: { devices: { id: string; name: string; this_session: boolean }[] };
  quiet_hours: { start: string; end: string } | null;
}

const test = base.extend<{ person: Person }>({
  person: async ({ page, context }, provide) => {
    await pretendPush(context);
    await provide(await signUp(page));
  },
});

const ASKED = 'Get this reminder even when Todo is closed?';

/** As the page of the person has them. */
async function channelsOf(page: Page): Promise<Channels> {
  return page.evaluate(async () => {
    const { token } = (await (await fetch('/api/auth/token')).json()) as { token: string };
    const { sub } = JSON.parse(atob(token.split('.')[1] ?? '')) as { sub: string };
    const headers = { Authorization: `Bearer ${token}` };
    return (await (await fetch(`/api/${sub}/notifications/channels`, { headers })).json()) as Channels;
  });
}

async function devicesOf(page: Page): Promise<number> {
  return (await channelsOf(page)).push.devices.length;
}

function section(page: Page) {
  return page.getByRole('region', { name: 'Notifications', exact: true });
}

async function turnOn(person: Person): Promise<void> {
  await person.open('settings?section=notifications');
  await section(person.page).getByRole('button', { name: 'Turn on notifications on this device' }).click();
  await expect(section(person.page).getByText('On, also when Todo is closed')).toBeVisible();
}

test.describe('notifications of this device', { tag: '@chromium' }, () => {
  test('are offered with the first reminder, once', async ({ person }) => {
    const { page } = person;
    await person.add('Buy milk tomorrow');
    await expect.poll(() => person.task(1)).not.toBeNull();
    await expect(page.getByText(ASKED)).toHaveCount(0);
    await person.add('Call mum tomorrow 9am remind 10 minutes before');
    await expect(page.getByRole('region', { name: ASKED })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Not now' }).click();
    await expect(page.getByText(ASKED)).toHaveCount(0);
    await person.open('upcoming');
    await person.add('Call dad tomorrow 9am remind 10 minutes before');
    await expect.poll(() => person.task(3)).toMatchObject({ reminder_lead_time: 10 });
    await expect(page.getByText(ASKED)).toHaveCount(0);
    expect(await devicesOf(page)).toBe(0);
  });

  test('are allowed in the flow, and renewed when the session is another', async ({ person }) => {
    const { page } = person;
    await person.add('Call mum tomorrow 9am remind 10 minutes before');
    await page.getByRole('button', { name: 'Allow' }).click();
    await expect(page.getByText('Reminders now come to this device, also when Todo is closed')).toBeVisible();
    expect((await channelsOf(page)).push.devices).toMatchObject([{ this_session: true }]);
    await expect(page.getByText(ASKED)).toHaveCount(0);

    await person.open('settings?section=account');
    await page.getByRole('button', { name: 'Change the password…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change the password' });
    await dialog.getByLabel('Current password').fill(PASSWORD);
    await dialog.getByLabel('New password').fill('another horse battery');
    await dialog.getByRole('button', { name: 'Change the password' }).click();
    await expect(dialog).toHaveCount(0);
    await expect
      .poll(async () => (await channelsOf(page)).push.devices.map((device) => device.this_session), { timeout: 20_000 })
      .toEqual([true]);
  });

  test('end when the user signs out', async ({ person }) => {
    const { page } = person;
    await turnOn(person);
    await person.signOut();
    await page.waitForURL('**/sign-in?*');
    const left = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return (await registration?.pushManager.getSubscription()) ?? null;
    });
    expect(left).toBeNull();
    await page.goto(`${webUrl()}/sign-in?back=/all`);
    await page.evaluate(() => {
      for (const name of Object.keys(localStorage)) if (name.startsWith('notifications of')) localStorage.clear();
    });
    await person.signIn();
    expect(await devicesOf(page)).toBe(0);
  });

  test('are removed on another device, and stay so', async ({ person, browser }) => {
    const { page } = person;
    const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin' });
    await pretendPush(context);
    const there = new Person(await context.newPage(), person.email);
    await there.page.goto(`${webUrl()}/sign-in?back=${encodeURIComponent('/settings?section=notifications')}`);
    await there.signIn();
    await turnOn(there);
    await person.open('settings?section=notifications');
    const others = section(page).getByRole('list', { name: 'Other devices with notifications' });
    await expect(others.getByRole('listitem')).toHaveCount(1);
    expect(await violations(page)).toEqual([]);
    await others.getByRole('button', { name: /^Remove/ }).click();
    await expect(others).toHaveCount(0);
    await expect(page.getByRole('heading', { name: 'Notifications' })).toBeFocused();
    await there.page.reload();
    await expect(there.page.getByText('Notifications of this device were turned off on another one')).toBeVisible();
    expect(await devicesOf(page)).toBe(0);
    await context.close();
  });

  test('are subscribed anew by the worker when the browser ends the subscription', async ({ person }) => {
    const { page } = person;
    await turnOn(person);
    const [before] = (await channelsOf(page)).push.devices;
    const worker = await workerOf(page);
    const keys = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      return (await registration.pushManager.getSubscription())?.toJSON().keys;
    });
    await worker.evaluate((theirs) => {
      const endpoint = `https://fcm.googleapis.com/fcm/send/${crypto.randomUUID()}`;
      const subscription = { toJSON: () => ({ endpoint, keys: theirs }) };
      Object.assign(PushManager.prototype, { subscribe: () => Promise.resolve(subscription) });
      const event = new Event('pushsubscriptionchange');
      dispatchEvent(Object.assign(event, { newSubscription: null, waitUntil: () => undefined }));
    }, keys);
    await expect.poll(async () => (await channelsOf(page)).push.devices[0]?.id).not.toBe(before?.id);
    await expect
      .poll(async () => (await channelsOf(page)).push.devices)
      .toMatchObject([{ name: before?.name, this_session: true }]);
  });
});

test.describe('the settings of notifications', { tag: '@chromium' }, () => {
  test('turn each channel on and off, and send tests', async ({ person }) => {
    test.slow();
    const { page } = person;
    await person.open('settings?section=notifications');
    const here = section(page);
    await here.getByRole('button', { name: 'Turn on reminders by e-mail' }).click();
    await expect(here.getByText(`On: reminders come to ${person.email}`)).toBeVisible();
    // The server takes one test in ten seconds.
    const sendTest = async (way: string) => {
      const button = here.getByRole('button', { name: `Send a test ${way}` });
      await expect(button).toBeVisible();
      await expect(async () => {
        const answer = page.waitForResponse((response) => response.url().endsWith('/test'), { timeout: 5000 });
        const [{ status }] = await Promise.all([answer.then((found) => ({ status: found.status() })), button.click()]);
        expect(status).toBe(202);
      }).toPass({ timeout: 30_000 });
    };
    await sendTest('by e-mail');
    await here.getByRole('button', { name: 'Turn on notifications on this device' }).click();
    await sendTest('to this device');

    await here.getByRole('button', { name: 'Turn on quiet hours' }).click();
    await expect(here.getByLabel('From')).toHaveValue('22:00');
    await here.getByLabel('Until').fill('6:30');
    await here.getByLabel('Until').press('Enter');
    await expect.poll(async () => (await channelsOf(page)).quiet_hours).toEqual({ start: '22:00', end: '06:30' });
    await here.getByLabel('Until').fill('22:00');
    await here.getByLabel('Until').press('Enter');
    await expect(here.getByRole('alert')).toBeVisible();

    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    const wide = await here.evaluate((element) =>
      [...element.querySelectorAll('*')].some((one) => one.getBoundingClientRect().right > window.innerWidth),
    );
    expect(wide).toBe(false);
    await page.setViewportSize({ width: 1280, height: 800 });

    await here.getByRole('button', { name: 'Turn off quiet hours' }).click();
    await here.getByRole('button', { name: 'Turn off reminders by e-mail' }).click();
    await here.getByRole('button', { name: 'Turn off notifications on this device' }).click();
    await expect(here.getByRole('button', { name: 'Turn on notifications on this device' })).toBeFocused();
    await expect
      .poll(() => channelsOf(page))
      .toMatchObject({ email: { address: null }, push: { devices: [] }, quiet_hours: null });
  });

  test('say what is missing: the permission', async ({ person, context }) => {
    const { page } = person;
    await context.clearPermissions();
    await page.addInitScript(() => {
      Object.defineProperty(Notification, 'permission', { get: () => 'denied' });
    });
    await person.open('settings?section=notifications');
    await expect(section(page).getByText('This browser blocks notifications of Todo')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await person.open('all');
    await person.add('Call mum tomorrow 9am remind 10 minutes before');
    await expect.poll(() => person.task(1)).toMatchObject({ reminder_lead_time: 10 });
    await expect(page.getByText(ASKED)).toHaveCount(0);
  });

  test('say what is missing: an iPhone needs Todo on the home screen', async ({ person, browser }) => {
    const userAgent = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari';
    const context = await browser.newContext({ userAgent, viewport: { width: 390, height: 800 } });
    await context.addInitScript(() => {
      for (const name of ['PushManager', 'Notification']) Reflect.deleteProperty(window, name);
    });
    const there = new Person(await context.newPage(), person.email);
    await there.page.goto(`${webUrl()}/sign-in?back=${encodeURIComponent('/settings?section=notifications')}`);
    await there.signIn();
    await expect(section(there.page).getByText('Add to Home Screen')).toBeVisible();
    await context.close();
  });
});

test('the bell says how a reminder was sent', async ({ person }) => {
  const { page } = person;
  await person.open('settings?section=notifications');
  await section(page).getByRole('button', { name: 'Turn on reminders by e-mail' }).click();
  await expect(section(page).getByText('On: reminders come to')).toBeVisible();
  await person.access('/tasks');
  await person.api('POST', '/tasks', {
    title: 'Tea is ready',
    due_date: new Date(Date.now() + 2000).toISOString(),
    reminder_lead_time: 0,
  });
  await page.getByRole('button', { name: 'Notifications, 1 unread' }).click({ timeout: 15_000 });
  const list = page.getByRole('dialog', { name: 'Notifications' });
  await expect(list.getByRole('list', { name: 'Deliveries' })).toContainText(/^Sent by e-mail \d{1,2}:\d\d:\d\d$/, {
    timeout: 20_000,
  });
  expect(await violations(page)).toEqual([]);
});

test('the daily digest is turned on at seven, moved to another time, and turned off', async ({ person }) => {
  const { page } = person;
  await person.open('settings?section=notifications');
  await page.getByRole('button', { name: 'Turn on the daily digest' }).click();
  const digest = page.getByRole('group', { name: 'Daily digest' });
  await expect(digest).toContainText(`On: what is due comes to ${person.email}`);
  const time = digest.getByLabel('Time');
  await expect(time).toHaveValue(/^0?7:00/);
  await time.fill('18:30');
  await time.press('Enter');
  await expect(page.getByText('Saved')).not.toHaveCount(0);
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await expect(digest.getByLabel('Time')).toHaveValue(/^(18:30|6:30 PM)$/i);
  await page.getByRole('button', { name: 'Turn off the daily digest' }).click();
  await expect(digest).toContainText('Off. A mail each day');
});
