'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { later } from '@/components/later';
import { tell, tellFailure } from '@/components/toasts';
import { openTask, setParameters } from '@/lib/location';
import { CHANNELS } from '@/lib/push/channels';
import { mayAsk, support } from '@/lib/push/device';
import { explainUnsent, OPEN, type Opened, openedBy, OTHER_ACCOUNT, PARAMETERS } from '@/lib/push/opened';
import { useUser } from '@/lib/user';
import { useMarkRead } from './queries';
import { onReminderSet } from './reminder-set';

const PushPrompt = later(() => import('./push-prompt').then((found) => found.PushPrompt));
const REST_MS = 4000;

/** The page's part in notifications of the browser: what they open, their subscription, and the offer of them. */
export function Reminding() {
  const client = useQueryClient();
  const { id } = useUser();
  const [asks, setAsks] = useState(false);
  useOpened(id);
  useEffect(() => {
    if (support() !== 'possible') return;
    async function renewed(): Promise<void> {
      const { renew } = await import('@/lib/push/subscription');
      if (!(await renew(id)))
        tell('Notifications of this device were turned off on another one. Settings turns them on.');
      await client.invalidateQueries({ queryKey: CHANNELS });
    }
    const timer = setTimeout(() => {
      renewed().catch((error: unknown) => console.warn('the subscription to push is not renewed', error));
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [client, id]);
  useEffect(() => onReminderSet(client, () => mayAsk(id) && setAsks(true)), [client, id]);
  return asks ? <PushPrompt onDone={() => setAsks(false)} /> : null;
}

/** Opens what a notification has asked for: in a message of the service worker, or in the URL. */
function useOpened(userId: string): void {
  const { mutate: markRead } = useMarkRead();
  useEffect(() => {
    function open({ taskId, notificationId, unsent }: Opened): void {
      if (taskId !== null) openTask(taskId);
      if (unsent) tellFailure(explainUnsent(unsent));
      else markRead(notificationId);
    }
    function take({ data, ports }: MessageEvent<{ type?: unknown; opened?: Opened } | null>): void {
      const opened = data?.type === OPEN ? data.opened : undefined;
      if (opened?.userId !== userId) return;
      ports[0]?.postMessage(true);
      open(opened);
    }
    const asked = openedBy(new URLSearchParams(location.search));
    if (asked) {
      setParameters(Object.fromEntries(PARAMETERS.map((name) => [name, null])));
      if (asked.userId === userId) open(asked);
      else tell(OTHER_ACCOUNT);
    }
    if (!('serviceWorker' in navigator)) return;
    navigator.serviceWorker.addEventListener('message', take);
    return () => navigator.serviceWorker.removeEventListener('message', take);
  }, [userId, markRead]);
}
