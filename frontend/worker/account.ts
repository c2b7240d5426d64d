/** Requests of the service worker with the session of the browser. */
import { ACTIONS, type Action, type Opened, type Reason } from '@/lib/push/opened';

declare const self: ServiceWorkerGlobalScope;

const PATIENCE_MS = 8000;
const REFUSALS: Readonly<Record<number, Reason>> = { 401: 'signed-out', 404: 'gone', 409: 'changed' };

interface Session {
  token: string;
  userId: string;
}

interface Channels {
  push: { key: string; devices: { id: string; name: string; this_session: boolean }[] };
}

/** Does what a button says, and marks the notification as read. Returns why it could not, or null. */
export async function attempt(about: Omit<Opened, 'unsent'>, action: Action): Promise<Reason | null> {
  const { taskId, notificationId, userId } = about;
  try {
    const session = await openSession();
    if (!session) return 'signed-out';
    if (session.userId !== userId) return 'other-account';
    const chosen = ACTIONS[action];
    const answer =
      'snooze' in chosen
        ? await request(session, 'POST', `tasks/${taskId}/snooze`, chosen.snooze)
        : await request(session, 'PATCH', `tasks/${taskId}/complete`);
    if (!answer.ok) return REFUSALS[answer.status] ?? (answer.status >= 500 ? 'offline' : 'refused');
    // What matters is done, whatever becomes of this.
    await request(session, 'PATCH', `notifications/${notificationId}/mark_read`).catch(() => undefined);
    return null;
  } catch {
    return 'offline';
  }
}

/** The browser has ended its subscription, or replaced it. Only a device that the session still has is renewed. */
export async function resubscribe(renewed: PushSubscription | null): Promise<void> {
  const session = await openSession();
  if (!session) return;
  const { push } = (await (await request(session, 'GET', 'notifications/channels')).json()) as Channels;
  const [here] = push.devices.filter(({ this_session }) => this_session);
  if (!here) return;
  const options = { userVisibleOnly: true, applicationServerKey: push.key };
  const subscription = renewed ?? (await self.registration.pushManager.subscribe(options));
  const { endpoint, keys } = subscription.toJSON();
  const answer = await request(session, 'POST', 'notifications/channels/push', { endpoint, keys, name: here.name });
  if (!answer.ok) return;
  const now = (await answer.json()) as Channels;
  const isReplaced = now.push.devices.some(({ id, this_session }) => this_session && id !== here.id);
  if (isReplaced) await request(session, 'DELETE', `notifications/channels/push/${here.id}`);
}

/** A new token for each use: another account may have signed in since. Returns null if nobody is signed in. */
async function openSession(): Promise<Session | null> {
  const answer = await fetch('/api/auth/token', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
  if (answer.status === 401) return null;
  const { token } = (await answer.json()) as { token: string };
  const [, payload = ''] = token.split('.');
  const { sub } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { sub: string };
  return { token, userId: sub };
}

function request({ token, userId }: Session, method: string, path: string, body?: object): Promise<Response> {
  return fetch(`/api/${encodeURIComponent(userId)}/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(body ? { 'Content-Type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
    cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}
