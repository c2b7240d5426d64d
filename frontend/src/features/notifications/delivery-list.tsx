'use client';

import { useEffect } from 'react';
import { useZone } from '@/lib/account';
import { classes } from '@/lib/classes';
import { type Delivery, deliveryLabel } from './deliveries';

const AGAIN_MS = 3000;
/** What waits for longer, as for the end of quiet hours, is not worth a request every few seconds. */
const MOST_RELOADS = 10;

/** How a notification was sent, quietly, and a failure with its reason. */
export function DeliveryList({ deliveries }: { deliveries: readonly Delivery[] }) {
  const zone = useZone();
  if (deliveries.length === 0) return null;
  return (
    <ul aria-label="Deliveries" className="w-full text-xs text-quiet">
      {deliveries.map((delivery) => (
        <li
          key={`${delivery.channel} ${delivery.target}`}
          className={classes('break-words', delivery.state === 'failed' && 'text-danger')}
        >
          {deliveryLabel(delivery, zone)}
        </li>
      ))}
    </ul>
  );
}

/** No event tells that a notification was sent: while some of those shown wait, they are loaded again for a moment. */
export function useSentSoon(deliveries: readonly Delivery[], reload: () => unknown): void {
  const waiting = deliveries.filter(({ state }) => state === 'waiting').length;
  useEffect(() => {
    if (waiting === 0) return;
    let count = 0;
    const timer = setInterval(() => {
      reload();
      if (++count === MOST_RELOADS) clearInterval(timer);
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [waiting, reload]);
}
