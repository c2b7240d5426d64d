/** What this browser can show, and what its user wants it to show. */

/**
 * `home-screen`: on an iPhone or iPad, only a page that was added to the home screen gets notifications
 * (https://webkit.org/blog/13878/web-push-for-web-apps-on-ios-and-ipados/).
 */
export type Support = 'possible' | 'home-screen' | 'impossible';

export function support(): Support {
  if ('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window) return 'possible';
  return isAppleTouch() && !matchMedia('(display-mode: standalone)').matches ? 'home-screen' : 'impossible';
}

/** An iPad says that it is a Mac. */
function isAppleTouch(): boolean {
  return (
    /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)
  );
}

export const HOME_SCREEN =
  'On an iPhone or iPad, notifications come only to Todo on the home screen. Open the share menu, choose “Add to Home Screen”, and turn them on there.';

/** `later`: the user was asked and did not want to decide. */
export type Wish = 'on' | 'off' | 'later';

/** The choice of earlier versions, for the whole browser. */
const EARLIER = 'browser-notifications';

/** Returns what the user chose on this device, or null if they were never asked. */
export function wishOf(userId: string): Wish | null {
  const wish = localStorage.getItem(keyOf(userId)) as Wish | null;
  return wish ?? (localStorage.getItem(EARLIER) === 'on' ? 'on' : null);
}

export function setWish(userId: string, wish: Wish): void {
  localStorage.setItem(keyOf(userId), wish);
}

/** Whether reminders are shown as notifications of the browser: pushed, or by the page while it is hidden. */
export function showsNotifications(userId: string): boolean {
  return 'Notification' in window && Notification.permission === 'granted' && wishOf(userId) === 'on';
}

/** Whether the user may be asked now: not twice, and not in vain. */
export function mayAsk(userId: string): boolean {
  if (wishOf(userId) !== null) return false;
  const possible = support();
  return possible === 'home-screen' || (possible === 'possible' && Notification.permission !== 'denied');
}

function keyOf(userId: string): string {
  return `notifications of ${userId}`;
}
