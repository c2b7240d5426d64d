/** How a notification was sent by e-mail and to devices, in words. */
import type { components } from '@/lib/api/generated/notification-service';
import { format } from '@/lib/dates';

export type Delivery = components['schemas']['DeliveryOut'];

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
