/**
 * Push in Chromium without a push service: a subscription that the browser only pretends to have, and messages that
 * the test delivers to the service worker itself.
 */
import { randomBytes } from 'node:crypto';
import { type BrowserContext, expect, type Page, type Worker } from '@playwright/test';
import { filesAreKept } from './kept';
import { webUrl } from './person';

/** What the server pushes. */
export interface Pushed {
  id: string;
  user_id: string;
  type: 'reminder' | 'info';
  task_id: number | null;
  title: string;
  body: string;
}

export interface Shown {
  title: string;
  body: string;
  tag: string;
  silent: boolean | null;
  actions: string[];
}

/** Allows notifications, and lets the pages of the context subscribe to an endpoint of their own. */
export async function pretendPush(context: BrowserContext): Promise<string> {
  await context.grantPermissions(['notifications'], { origin: webUrl() });
  const endpoint = `https://fcm.googleapis.com/fcm/send/${randomBytes(16).toString('hex')}`;
  await context.addInitScript(pretend, endpoint);
  return endpoint;
}

/** Runs in the page, before its scripts. The subscription outlives the page, as a real one does. */
function pretend(endpoint: string): void {
  const KEPT = 'the subscription of the test';
  const encoded = (bytes: ArrayBuffer) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
  const decoded = (text: string) =>
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0)).buffer;
  const known = () => {
    const text = localStorage.getItem(KEPT);
    if (text === null) return null;
    const { key, keys } = JSON.parse(text) as { key: string; keys: object };
    return {
      endpoint,
      options: { applicationServerKey: decoded(key) },
      toJSON: () => ({ endpoint, keys }),
      unsubscribe: () => {
        localStorage.removeItem(KEPT);
        return Promise.resolve(true);
      },
    };
  };
  Object.assign(PushManager.prototype, {
    getSubscription: () => Promise.resolve(known()),
    subscribe: async ({ applicationServerKey: key }: { applicationServerKey: string }) => {
      const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
      const p256dh = encoded(await crypto.subtle.exportKey('raw', pair.publicKey));
      const auth = encoded(crypto.getRandomValues(new Uint8Array(16)).buffer);
      localStorage.setItem(KEPT, JSON.stringify({ key, keys: { p256dh, auth } }));
      return known();
    },
  });
}

/** The service worker of the page, once it is active. */
export async function workerOf(page: Page): Promise<Worker> {
  await filesAreKept(page);
  const [worker] = page.context().serviceWorkers();
  if (!worker) throw new Error('there is no service worker');
  await worker.evaluate(noteShowing);
  return worker;
}

/** Chromium forgets a notification that it is showing when it is asked for those that it shows. */
function noteShowing(): void {
  const { registration } = self;
  const show = registration.showNotification.bind(registration);
  const showing = (self.showing ??= new Set<Promise<void>>());
  registration.showNotification = (...parts) => {
    const shown = show(...parts);
    showing.add(shown);
    return shown;
  };
}

/** Returns a function that delivers data as the push service does. */
export async function deliverer(page: Page): Promise<(data: Pushed | string) => Promise<void>> {
  const browser = await page.context().newCDPSession(page);
  const registered = new Promise<string>((found) => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL.startsWith(webUrl()));
      if (ours) found(ours.registrationId);
    });
  });
  await browser.send('ServiceWorker.enable');
  const registrationId = await registered;
  return async (data) => {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    await browser.send('ServiceWorker.deliverPushMessage', { origin: webUrl(), registrationId, data: text });
  };
}

declare const self: {
  registration: Pick<ServiceWorkerRegistration, 'getNotifications' | 'showNotification'>;
  showing?: Set<Promise<void>>;
  dispatchEvent: (event: object) => void;
  NotificationEvent: new (type: string, init: object) => object;
  clients: object;
};

export async function shown(worker: Worker): Promise<Shown[]> {
  return worker.evaluate(async () => {
    await Promise.allSettled([...(self.showing ?? [])]);
    return (await self.registration.getNotifications()).map((notification) => {
      const { title, body, tag, silent, actions } = notification as Notification & { actions: { title: string }[] };
      return { title, body, tag, silent, actions: actions.map((one) => one.title) };
    });
  });
}

/** Closes what is shown. */
export async function closeAll(worker: Worker): Promise<void> {
  await worker.evaluate(async () => {
    for (const notification of await self.registration.getNotifications()) notification.close();
  });
}

/** Presses a button of the notification that is shown, or the notification itself. */
export async function press(worker: Worker, action = ''): Promise<void> {
  await expect.poll(() => shown(worker)).not.toEqual([]);
  await worker.evaluate(async (pressed) => {
    const [notification] = await self.registration.getNotifications();
    self.dispatchEvent(new self.NotificationEvent('notificationclick', { notification, action: pressed }));
  }, action);
}

/** Windows open only after a real click. Returns the function that tells which paths would have been opened. */
export async function catchWindows(worker: Worker): Promise<() => Promise<string[]>> {
  await worker.evaluate(() => {
    const paths: string[] = [];
    const openWindow = (path: string) => {
      paths.push(path);
      return Promise.resolve(null);
    };
    Object.defineProperty(self.clients, 'openWindow', { value: openWindow });
    Object.assign(self, { paths });
  });
  return () => worker.evaluate(() => (self as unknown as { paths: string[] }).paths);
}
