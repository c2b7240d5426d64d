/** What the browser keeps of the page and of its user's tasks. */
import { expect, type Page } from '@playwright/test';

/** Waits until the service worker is active and has cached the page's files, which it does when the page is idle. */
export async function filesAreKept(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state ?? 'none'), { timeout: 20_000 })
    .toBe('activated');
}

/** Waits until the browser has an offline copy, or none. */
export async function copyHas(page: Page, isThere: boolean): Promise<void> {
  await expect.poll(() => page.evaluate(hasCopy), { timeout: 20_000 }).toBe(isThere);
}

async function hasCopy(): Promise<boolean> {
  if (!(await indexedDB.databases()).some(({ name }) => name === 'offline')) return false;
  return new Promise((answer) => {
    const opening = indexedDB.open('offline');
    // It was deleted since the line above: opening it would make an empty one.
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onerror = () => answer(false);
    opening.onsuccess = () => {
      const database = opening.result;
      const keys = database.transaction('copy').objectStore('copy').getAllKeys();
      keys.onsuccess = () => {
        database.close();
        answer(keys.result.includes('record'));
      };
    };
  });
}
