/**
 * Pushed reminders: shows them, and does what their buttons say. No page needs to be open. What cannot be done is said
 * in the page, at the task.
 */
import { ACTIONS, explainUnsent, isAction, OPEN, type Opened, pathTo, tagOf } from '@/lib/push/opened';
import { attempt, resubscribe } from './account';

declare const self: ServiceWorkerGlobalScope;

/** What the server pushes. */
interface Pushed {
  id: string;
  user_id: string;
  type: 'reminder' | 'info';
  task_id: number | null;
  title: string;
  body: string;
}

/** TypeScript has only what all browsers know. */
interface Options extends NotificationOptions {
  actions?: { action: string; title: string }[];
  renotify?: boolean;
}

/** Of browsers that do not say how many buttons they show, some show two and others none. */
const USUAL_ACTIONS = 2;
const ANSWER_MS = 500;

self.addEventListener('push', (event) => event.waitUntil(show(event.data)));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(answer(event));
});
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(resubscribe(event.newSubscription)));

/**
 * Browsers require that every push is shown. While a page has the focus, its user sees the reminder there, and the
 * notification is silent. A page never makes a sound.
 */
async function show(data: PushMessageData | null): Promise<void> {
  const pushed = read(data);
  const { id, type, task_id, title, body } = pushed;
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const options: Options = {
    body,
    data: pushed,
    icon: '/icon-192.png',
    dir: 'auto',
    tag: tagOf(task_id, id),
    renotify: true,
    silent: pages.some((page) => page.focused),
    actions: type === 'reminder' && task_id !== null ? buttons() : [],
  };
  await self.registration.showNotification(title, options);
}

/** Something has to be shown, also if the data cannot be read. */
function read(data: PushMessageData | null): Pushed {
  try {
    if (data) return data.json() as Pushed;
  } catch {
    // It is not JSON.
  }
  return {
    id: 'unknown',
    user_id: '',
    type: 'info',
    task_id: null,
    title: 'Todo',
    body: 'You have a new notification.',
  };
}

function buttons(): { action: string; title: string }[] {
  const { maxActions = USUAL_ACTIONS } = Notification as { maxActions?: number };
  const all = Object.entries(ACTIONS).map(([action, { label }]) => ({ action, title: label }));
  return all.slice(0, maxActions);
}

async function answer({ action, notification }: NotificationEvent): Promise<void> {
  const { id, user_id, task_id } = notification.data as Pushed;
  let unsent: Opened['unsent'] = null;
  if (isAction(action) && task_id !== null) {
    const reason = await attempt({ userId: user_id, taskId: task_id, notificationId: id }, action);
    if (reason === null) return;
    unsent = { action, reason };
  }
  await open({ userId: user_id, taskId: task_id, notificationId: id, unsent }, notification);
}

/** Opens it in a page of the user, else in a new one. Where no page may be opened, another notification says why. */
async function open(opened: Opened, { title }: Notification): Promise<void> {
  for (const page of await self.clients.matchAll({ type: 'window', includeUncontrolled: true })) {
    if (!(await takes(page, opened))) continue;
    try {
      await page.focus();
    } catch {
      // A browser may refuse it some seconds after the click. Then nobody sees what the page says.
      if (opened.unsent) await complain(opened, opened.unsent, title);
    }
    return;
  }
  try {
    await self.clients.openWindow(pathTo(opened));
  } catch {
    if (opened.unsent) await complain(opened, opened.unsent, title);
  }
}

async function complain(opened: Opened, unsent: NonNullable<Opened['unsent']>, title: string): Promise<void> {
  const { userId, taskId, notificationId } = opened;
  await self.registration.showNotification(title, {
    body: explainUnsent(unsent),
    data: { id: notificationId, user_id: userId, task_id: taskId, type: 'info', title, body: '' } satisfies Pushed,
    icon: '/icon-192.png',
    dir: 'auto',
    tag: tagOf(taskId, notificationId),
  });
}

/** Whether the page is of the same user, and has opened it. A page that sleeps does not answer. */
function takes(page: Client, opened: Opened): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => resolve(true);
    setTimeout(() => resolve(false), ANSWER_MS);
    page.postMessage({ type: OPEN, opened }, [port2]);
  });
}
