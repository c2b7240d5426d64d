/** Requests about the notification channels of the account. Each change answers with all channels as they are then. */
import { api, unwrap } from '@/lib/api/client';
import type { components } from '@/lib/api/generated/notification-service';
import { AuthError } from '@/lib/auth/client';
import { keys } from '@/lib/query-keys';

export type Channels = components['schemas']['Channels'];
export type Device = components['schemas']['PushDevice'];
export type Digest = components['schemas']['DigestOut'];
export type QuietHours = components['schemas']['QuietHours'];

export interface DigestTime {
  sendAt: string;
  zone: string;
}

export const DIGEST = [...keys.notifications, 'digest'];

/** The key of the query. A notification that could not be sent changes the channels. */
export const CHANNELS = [...keys.notifications, 'channels'];

export function fetchChannels(userId: string): Promise<Channels> {
  return unwrap(api.GET('/api/{user_id}/notifications/channels', of(userId)));
}

/** Turns e-mail on for the address of the account. Throws an AuthError if the address is not confirmed. */
export async function turnEmailOn(userId: string): Promise<Channels> {
  const body = { proof: await addressProof() };
  return unwrap(api.PUT('/api/{user_id}/notifications/channels/email', { ...of(userId), body }));
}

async function addressProof(): Promise<string> {
  const answer = await fetch('/api/auth/address-proof', { cache: 'no-store' });
  const found = (await answer.json().catch(() => ({}))) as { proof?: string; code?: string; message?: string };
  if (!answer.ok) throw new AuthError(found.message ?? `The server answered ${answer.status}.`, found.code);
  return found.proof ?? '';
}

export function fetchDigest(userId: string): Promise<Digest> {
  return unwrap(api.GET('/api/{user_id}/notifications/digest', of(userId)));
}

/** Turns the daily digest on at a time of day (`HH:MM`). Throws an AuthError if the address is not confirmed. */
export async function turnDigestOn(userId: string, { sendAt, zone }: DigestTime): Promise<Digest> {
  const body = { proof: await addressProof(), send_at: sendAt, time_zone: zone };
  return unwrap(api.PUT('/api/{user_id}/notifications/digest', { ...of(userId), body }));
}

export function turnDigestOff(userId: string): Promise<Digest> {
  return unwrap(api.DELETE('/api/{user_id}/notifications/digest', of(userId)));
}

export function turnEmailOff(userId: string): Promise<Channels> {
  return unwrap(api.DELETE('/api/{user_id}/notifications/channels/email', of(userId)));
}

export function addDevice(
  userId: string,
  { endpoint = '', keys = {} }: PushSubscriptionJSON,
  name: string,
): Promise<Channels> {
  const body = { endpoint, keys: { p256dh: keys.p256dh ?? '', auth: keys.auth ?? '' }, name };
  return unwrap(api.POST('/api/{user_id}/notifications/channels/push', { ...of(userId), body }));
}

export function removeDevice(userId: string, id: string): Promise<Channels> {
  const params = { path: { user_id: userId, device_id: id } };
  return unwrap(api.DELETE('/api/{user_id}/notifications/channels/push/{device_id}', { params }));
}

/** Sets the quiet hours, or removes them if they are null. */
export function setQuietHours(userId: string, body: QuietHours | null): Promise<Channels> {
  const path = '/api/{user_id}/notifications/channels/quiet_hours';
  return body ? unwrap(api.PUT(path, { ...of(userId), body })) : unwrap(api.DELETE(path, of(userId)));
}

/** Sends a test notification to one channel: to the address, or to a device. */
export async function sendTest(userId: string, deviceId: string | null): Promise<void> {
  if (deviceId === null) {
    await unwrap(api.POST('/api/{user_id}/notifications/channels/email/test', of(userId)));
    return;
  }
  const params = { path: { user_id: userId, device_id: deviceId } };
  await unwrap(api.POST('/api/{user_id}/notifications/channels/push/{device_id}/test', { params }));
}

function of(userId: string): { params: { path: { user_id: string } } } {
  return { params: { path: { user_id: userId } } };
}
