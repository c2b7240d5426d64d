/**
 * Service worker. It caches the files of the build, so that parts of the page that load on demand work offline, and
 * shows the offline page if the server cannot be reached. It caches no user data. Each build has its own worker. A new
 * worker activates, and deletes the files of the previous build, when no page of the previous build is open. It also
 * shows pushed reminders (see `reminders`).
 */
import './reminders';

declare const self: ServiceWorkerGlobalScope;
/** Set by `scripts/build.mjs`. */
declare const BUILD: string;
declare const FILES: string[];

const OFFLINE = '/offline';

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => kept(OFFLINE)));
  else if (FILES.includes(new URL(request.url).pathname)) event.respondWith(kept(request));
});

async function fill(): Promise<void> {
  const cache = await caches.open(BUILD);
  // Without cookies, so that the page is the same for every user.
  await cache.addAll([...FILES, new Request(OFFLINE, { cache: 'no-store', credentials: 'omit' })]);
}

async function takeOver(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name !== BUILD);
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function kept(request: Request | string): Promise<Response> {
  const cache = await caches.open(BUILD);
  return (await cache.match(request)) ?? fetch(request);
}
