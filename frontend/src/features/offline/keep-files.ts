import { useEffect } from 'react';

const REST_MS = 5000;

/**
 * Has the worker keep the page's files once the page is at rest: what is loaded when it is wanted is there at a click, and
 * when the connection is gone. While it is being developed the files change too often for that.
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
