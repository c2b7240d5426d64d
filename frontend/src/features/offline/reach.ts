import { onlineManager } from '@tanstack/react-query';
import { openedFrom } from './opened-from';

const AGAIN_MS = 3000;

/** Calls `then` once the server answers. Returns the function that stops waiting for it. */
export function onReach(then: () => void): () => void {
  const look = () =>
    void fetch('/health', { cache: 'no-store' }).then(
      ({ ok }) => ok && then(),
      () => undefined,
    );
  const timer = setInterval(look, AGAIN_MS);
  window.addEventListener('online', look);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', look);
  };
}

/** Lets requests and changes wait until the server answers, whatever the browser believes. */
export function waitForServer(savedAt: number): void {
  openedFrom.set(savedAt);
  onlineManager.setOnline(false);
  const stop = onReach(() => {
    stop();
    onlineManager.setOnline(true);
  });
  const forget = onlineManager.subscribe((online) => {
    if (!online) return;
    forget();
    openedFrom.set(null);
  });
}
