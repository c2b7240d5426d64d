/** Says a notification aloud when it comes: in the page, and by the browser when the person has asked for that. */
import { tell } from '@/components/toasts';

interface News {
  task_id?: number | null;
  payload: { id: string; title: string; body: string };
}

export function announce(data: Record<string, unknown>): void {
  const { payload } = data as unknown as News;
  tell(payload.body ? `${payload.title}: ${payload.body}` : payload.title);
  if (wantsBrowserNotifications() && document.visibilityState === 'hidden')
    new Notification(payload.title, { body: payload.body, tag: payload.id });
}

const CHOICE = 'browser-notifications';

export function canNotify(): boolean {
  return 'Notification' in window;
}

export function wantsBrowserNotifications(): boolean {
  return canNotify() && Notification.permission === 'granted' && localStorage.getItem(CHOICE) === 'on';
}

/** Asks the browser for its permission; answers whether notifications will be shown. */
export async function chooseBrowserNotifications(on: boolean): Promise<boolean> {
  localStorage.setItem(CHOICE, on ? 'on' : 'off');
  if (on) await Notification.requestPermission();
  return wantsBrowserNotifications();
}
