/** The push subscription of this browser: made, compared with the server's, and ended. */
import type { SessionInfo } from '@/lib/auth/sessions';
import { accessToken } from '@/lib/auth/token';
import { addDevice, type Channels, fetchChannels, removeDevice } from './channels';
import { setWish, showsNotifications } from './device';

/** `pushManager.subscribe` may never answer, as in Chromium without a connection. */
const SUBSCRIBE_MS = 15_000;
const BLOCKED =
  'This browser blocks notifications of Todo. Allow them in its settings for this site, then turn them on again.';
const NOT_ANSWERED =
  'The browser was not given permission to show notifications. Turn them on again to be asked again.';
const SILENT = 'The push service of this browser does not answer. Try again later.';
const UNREACHABLE =
  'This browser cannot use its push service. A private window, a firewall or a setting may forbid it.';

/** Why this browser is not subscribed, and what to do. */
export class PushProblem extends Error {}

/**
 * Asks for the permission, which needs a click, and subscribes this browser. If only the subscription fails, the page
 * shows the notifications itself while it is open.
 */
export async function turnOn(userId: string): Promise<Channels> {
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') throw new PushProblem(permission === 'denied' ? BLOCKED : NOT_ANSWERED);
  setWish(userId, 'on');
  return subscribe(userId, await fetchChannels(userId));
}

/** Ends the subscription, here and at the server. */
export async function turnOff(userId: string): Promise<Channels> {
  setWish(userId, 'off');
  const [channels] = await Promise.all([removeHere(userId), unsubscribe()]);
  return channels;
}

/**
 * At the start of a page: renews a subscription that the server or the browser has lost, as with another session. One
 * that nobody wants any more, as of another account, is ended. Returns false if this device was removed on another one.
 */
export async function renew(userId: string): Promise<boolean> {
  if (!showsNotifications(userId)) {
    await unsubscribe();
    return true;
  }
  const channels = await fetchChannels(userId);
  const here = channels.push.devices.find(({ this_session }) => this_session);
  const subscription = await subscribed();
  if (!here && subscription && localStorage.getItem(markOf(userId)) === (await mark(subscription))) {
    setWish(userId, 'off');
    await unsubscribe();
    return false;
  }
  const isWhole = here && subscription && keyOf(subscription) === channels.push.key;
  if (!isWhole) await subscribe(userId, channels);
  return true;
}

/** Ends it when the user signs out, and closes the notifications that this browser shows. */
export async function endWithSession(userId: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return; // without HTTPS
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration) return;
  for (const shown of await registration.getNotifications()) shown.close();
  if (await subscribed()) await Promise.all([unsubscribe(), removeHere(userId)]);
}

/** Whether this browser gets pushed notifications: it is subscribed, and the server was told. */
export async function isSubscribed(userId: string): Promise<boolean> {
  const subscription = await subscribed();
  return subscription !== null && isOf(userId, subscription);
}

/** Ends what this browser shows and gets, when nobody is signed in any more. */
export async function endHere(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration();
  for (const shown of (await registration?.getNotifications()) ?? []) shown.close();
  await unsubscribe();
}

async function subscribed(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

async function unsubscribe(): Promise<void> {
  await (await subscribed())?.unsubscribe();
}

async function subscribe(userId: string, { push }: Channels): Promise<Channels> {
  const late = new Promise<never>((_, fail) => {
    setTimeout(() => fail(new PushProblem(SILENT)), SUBSCRIBE_MS);
  });
  const made = subscriptionFor(userId, push.key);
  try {
    const subscription = await Promise.race([made, late]);
    const channels = await addDevice(userId, subscription.toJSON(), await deviceName());
    localStorage.setItem(markOf(userId), await mark(subscription));
    return channels;
  } catch (error) {
    // Without the server's knowledge nothing is pushed, and the page would leave it to the worker to show anything.
    void made.then((subscription) => subscription.unsubscribe()).catch(() => undefined);
    throw error;
  }
}

/** What the server was told: if it knows nothing of that later, in the same session, somebody has removed it. */
async function mark({ endpoint }: PushSubscription): Promise<string> {
  const [, payload = ''] = (await accessToken()).split('.');
  const { sid } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { sid: string };
  return `${sid} ${endpoint}`;
}

function isOf(userId: string, { endpoint }: PushSubscription): boolean {
  return localStorage.getItem(markOf(userId))?.endsWith(` ${endpoint}`) ?? false;
}

function markOf(userId: string): string {
  return `push of ${userId}`;
}

async function subscriptionFor(userId: string, key: string): Promise<PushSubscription> {
  await navigator.serviceWorker.register('/worker.js');
  const { pushManager } = await navigator.serviceWorker.ready;
  const known = await pushManager.getSubscription();
  if (known && keyOf(known) === key && isOf(userId, known)) return known;
  // Of another key, nothing arrives. Of another account, what its push service has stored would be shown here.
  await known?.unsubscribe();
  try {
    return await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  } catch (error) {
    console.warn('this browser cannot subscribe to push', error);
    throw new PushProblem(Notification.permission === 'denied' ? BLOCKED : UNREACHABLE);
  }
}

function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer());
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** As the list of sessions names it. */
async function deviceName(): Promise<string> {
  const answer = await fetch('/api/auth/sessions', { cache: 'no-store' });
  const sessions = answer.ok ? ((await answer.json()) as SessionInfo[]) : [];
  return sessions.find(({ current }) => current)?.device || 'Browser';
}

async function removeHere(userId: string): Promise<Channels> {
  let channels = await fetchChannels(userId);
  for (const { id, this_session } of channels.push.devices) if (this_session) channels = await removeDevice(userId, id);
  return channels;
}
