import { useEffect } from 'react';

const REST_MS = 5000;

/**
 * Registers the service worker when the page has been open for a moment. It caches the page's files, so that parts that
 * load on demand open without delay, and offline. Not in development: the files change too often.
 */
export function useKeptFiles(): void {
  useEffect(() => {
    if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return;
    const timer = setTimeout(() => {
      navigator.serviceWorker.register('/worker.js').catch((error: unknown) => {
        console.warn('the files of the page are not kept in this browser', error);
      });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, []);
}
