// @vitest-environment node
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { forward } from './forward';

let server: Server;
/** Receives the next request; the test responds to it. */
let take: (response: ServerResponse, request: IncomingMessage) => void;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    take(response, request);
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

/** Sends a request. Returns the forwarded response and the task API's side of it. */
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

it('passes on every header that the task API reads, and no cookie', async () => {
  const contract = readFileSync('../specs/005-event-driven-suite/contracts/task-api.openapi.yaml', 'utf8');
  const names = [...new Set([...contract.matchAll(/name: (\S+)\n\s+in: header/g)].map(([, name = '']) => name))];
  expect(names).toContain('Undo-Step');
  const taken = new Promise<IncomingMessage>((resolve) => {
    take = (response, request) => {
      response.end();
      resolve(request);
    };
  });
  const headers = new Headers([...names.map((name): [string, string] => [name, 'value']), ['Cookie', 'session=1']]);
  await forward(new Request('http://localhost/api/ann/tasks', { headers }));
  const received = (await taken).headers;
  expect(names.filter((name) => received[name.toLowerCase()] !== 'value')).toEqual([]);
  expect(received.cookie).toBeUndefined();
});
