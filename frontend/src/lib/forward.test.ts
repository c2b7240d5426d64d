// @vitest-environment node
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { forward } from './forward';

let server: Server;
/** Takes the next request, which the test answers. */
let take: (response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    take(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('BACKEND_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('PUBLIC_URL', 'http://localhost');
  vi.stubEnv('AUTH_DATABASE_URL', 'postgresql://nobody@127.0.0.1/none');
  vi.stubEnv('AUTH_SECRET', 'x'.repeat(32));
  vi.stubEnv('TRUSTED_PROXIES', 'none');
});

afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

/** A request, and the task API's side of it. */
async function ask(signal: AbortSignal): Promise<[Response, ServerResponse]> {
  const taken = new Promise<ServerResponse>((resolve) => (take = resolve));
  const request = new Request('http://localhost/api/ann/chatkit', { method: 'POST', body: '{}', signal });
  return Promise.all([forward(request), taken]);
}

it('passes each part of an answer on when it comes', async () => {
  const [answer, backend] = await ask(new AbortController().signal);
  const reader = answer.body?.getReader();
  for (const part of ['data: 1\n\n', 'data: 2\n\n']) {
    backend.write(part);
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(part);
  }
  backend.end();
  expect((await reader?.read())?.done).toBe(true);
  expect(answer.headers.get('cache-control')).toBe('no-store, no-transform');
});

it('lets the task API know when nobody listens any more', async () => {
  const stop = new AbortController();
  const [, backend] = await ask(stop.signal);
  const closed = new Promise((resolve) => backend.on('close', resolve));
  stop.abort();
  await closed;
});
