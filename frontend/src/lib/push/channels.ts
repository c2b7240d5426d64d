/** Requests about the notification channels of the account. Each answers with all channels as they are then. */
import { problemOf } from '@/lib/api/problem';
import { AuthError } from '@/lib/auth/client';
import { authorised } from '@/lib/auth/token';

export interface Device {
  id: string;
  name: string;
  /** RFC 3339. */
  created_at: string;
  /** Whether it was turned on in the session of this page. */
  this_session: boolean;
  /** Why the last notification did not arrive. */
  problem: string | null;
}

export interface Channels {
  /** `available`: whether the installation sends mails. `address`: null if reminders by e-mail are off. */
  email: { available: boolean; address: string | null; problem: string | null };
  /** `key`: the public key of the installation, base64url. */
  push: { key: string; devices: Device[] };
  /** Times of day, `HH:MM`. */
  quiet_hours: QuietHours | null;
}

export interface QuietHours {
  start: string;
  end: string;
}

export function fetchChannels(userId: string): Promise<Channels> {
  return request(userId, 'GET') as Promise<Channels>;
}

/** Turns e-mail on for the address of the account. Throws an AuthError if the address is not confirmed. */
export async function turnEmailOn(userId: string): Promise<Channels> {
  const answer = await fetch('/api/auth/address-proof', { cache: 'no-store' });
  const body = (await answer.json().catch(() => ({}))) as { proof?: string; code?: string; message?: string };
  if (!answer.ok) throw new AuthError(body.message ?? `The server answered ${answer.status}.`, body.code);
  return request(userId, 'PUT', '/email', { proof: body.proof }) as Promise<Channels>;
}

export function turnEmailOff(userId: string): Promise<Channels> {
  return request(userId, 'DELETE', '/email') as Promise<Channels>;
}

export function addDevice(userId: string, { endpoint, keys }: PushSubscriptionJSON, name: string): Promise<Channels> {
  return request(userId, 'POST', '/push', { endpoint, keys, name }) as Promise<Channels>;
}

export function removeDevice(userId: string, id: string): Promise<Channels> {
  return request(userId, 'DELETE', `/push/${id}`) as Promise<Channels>;
}

/** Sets the quiet hours, or removes them if they are null. */
export function setQuietHours(userId: string, hours: QuietHours | null): Promise<Channels> {
  return request(userId, hours ? 'PUT' : 'DELETE', '/quiet_hours', hours) as Promise<Channels>;
}

/** Sends a test notification to one channel: `/email`, or `/push/{id}`. */
export async function sendTest(userId: string, channel: string): Promise<void> {
  await request(userId, 'POST', `${channel}/test`);
}

async function request(userId: string, method: string, path = '', body?: unknown): Promise<unknown> {
  const url = `${location.origin}/api/${encodeURIComponent(userId)}/notifications/channels${path}`;
  const content = body ? { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : {};
  const answer = await authorised(new Request(url, { method, cache: 'no-store', ...content }));
  const answered: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw problemOf(answer.status, answered);
  return answered;
}
