/** Simulates a slow machine and a slow connection. */
import type { Page, Route } from '@playwright/test';

export async function slowProcessor(page: Page, rate = 6): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Emulation.setCPUThrottlingRate', { rate });
}

/** Holds back the requests that `isHeld` accepts until `release` is called. */
export async function holdRequests(
  page: Page,
  url: string,
  isHeld: (route: Route) => boolean = () => true,
): Promise<{ release: () => void }> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(url, async (route) => {
    if (isHeld(route)) await released;
    await route.continue().catch(() => undefined); // the page may have closed meanwhile
  });
  return { release };
}

export const holdCreation = (page: Page) =>
  holdRequests(page, '**/api/*/tasks', (route) => route.request().method() === 'POST');

export const holdScripts = (page: Page) => holdRequests(page, '**/_next/static/**');

/** Waits for the response to the creation of a task. */
export const created = (page: Page) =>
  page.waitForResponse(
    (response) => response.request().method() === 'POST' && /\/api\/[^/]+\/tasks$/.test(response.url()),
  );
