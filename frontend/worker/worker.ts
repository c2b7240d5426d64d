/**
 * Keeps the files of the build in the browser, so that what is loaded when it is wanted is there without a connection, and
 * shows a page of ours when the server cannot be reached. Nothing of a person's is kept. A new build is another worker: it
 * comes into effect, and takes the files of the one before away, when no page of that one is open any more.
 */
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
  // Without cookies, so that it is the same for everybody.
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

export {};
