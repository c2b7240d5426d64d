/** Shows a new notification: as a message in the page, and by the browser if the user has enabled that. */
import { tell } from '@/components/toasts';
import { openTask } from '@/lib/location';

interface News {
  task_id?: number | null;
  payload: { id: string; title: string; body: string };
}

export function announce(data: Record<string, unknown>): void {
  const { task_id, payload } = data as unknown as News;
  tell(payload.body ? `${payload.title}: ${payload.body}` : payload.title);
  if (!wantsBrowserNotifications() || document.visibilityState !== 'hidden') return;
  try {
    const shown = new Notification(payload.title, { body: payload.body, tag: payload.id });
    shown.onclick = () => {
      window.focus();
      if (task_id) openTask(task_id);
      shown.close();
    };
  } catch {
    // Mobile browsers do not allow `new Notification` in a page; the message and the bell still show it.
  }
}

const CHOICE = 'browser-notifications';

export function canNotify(): boolean {
  return 'Notification' in window;
}

export function wantsBrowserNotifications(): boolean {
  return canNotify() && Notification.permission === 'granted' && localStorage.getItem(CHOICE) === 'on';
}

/** Saves the choice and, if on, asks for the browser's permission. Returns whether notifications will be shown. */
export async function chooseBrowserNotifications(on: boolean): Promise<boolean> {
  localStorage.setItem(CHOICE, on ? 'on' : 'off');
  if (on) await Notification.requestPermission();
  return wantsBrowserNotifications();
}
