/** How a notification was sent by e-mail and to devices, in words. */
import { format } from '@/lib/dates';

export interface Delivery {
  channel: 'email' | 'push';
  /** An address, or the name of a device. */
  target: string;
  state: 'waiting' | 'sent' | 'failed' | 'dropped';
  /** When it was sent or given up (RFC 3339). */
  at: string | null;
  reason: string | null;
}

export function deliveriesOf(notification: object): Delivery[] {
  return (notification as { deliveries?: Delivery[] }).deliveries ?? [];
}

export function deliveryLabel({ channel, target, state, at, reason }: Delivery, zone: string): string {
  const where = channel === 'email' ? 'by e-mail' : `to ${target}`;
  const why = reason === null ? '' : `: ${reason}`;
  if (state === 'waiting') return `Not sent ${where} yet${why}`;
  if (state !== 'sent') return `Not sent ${where}${why}`;
  return at === null ? `Sent ${where}` : `Sent ${where} ${secondLabel(new Date(at), zone)}`;
}

function secondLabel(instant: Date, zone: string): string {
  return format({ hour: 'numeric', minute: '2-digit', second: '2-digit', timeZone: zone }).format(instant);
}
