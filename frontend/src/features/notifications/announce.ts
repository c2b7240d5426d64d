/**
 * Shows a new notification: as a message in the page, and once by the browser. If this browser is subscribed to push,
 * the service worker shows it. Otherwise the page shows it while it is hidden.
 */
import { tell } from '@/components/toasts';
import { openTask } from '@/lib/location';
import { showsNotifications } from '@/lib/push/device';
import { tagOf } from '@/lib/push/opened';

interface News {
  task_id?: number | null;
  payload: { id: string; title: string; body: string };
}

export async function announce(userId: string, data: Record<string, unknown>): Promise<void> {
  const { task_id = null, payload } = data as unknown as News;
  tell(payload.body ? `${payload.title}: ${payload.body}` : payload.title);
  if (!showsNotifications(userId) || document.visibilityState !== 'hidden') return;
  const { isSubscribed } = await import('@/lib/push/subscription');
  if (await isSubscribed(userId)) return;
  try {
    const shown = new Notification(payload.title, { body: payload.body, tag: tagOf(task_id, payload.id) });
    shown.onclick = () => {
      window.focus();
      if (task_id) openTask(task_id);
      shown.close();
    };
  } catch {
    // Mobile browsers do not allow `new Notification` in a page; the message and the bell still show it.
  }
}
