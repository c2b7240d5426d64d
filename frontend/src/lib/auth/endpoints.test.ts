// @vitest-environment node
import { getEndpoints } from 'better-auth/api';
import { Pool } from 'pg';
import { expect, it, vi } from 'vitest';
import { readSettings } from '@/lib/settings';
import { Attempts } from './attempts';
import { ENDPOINTS, endpointsOf, fieldProblem } from './endpoints';
import { handle } from './handler';
import { authOptions } from './options';

vi.mock('pg'); // the tests need only the registered endpoints

const settings = readSettings({
  PUBLIC_URL: 'https://todo.example',
  BACKEND_URL: 'http://127.0.0.1',
  AUTH_DATABASE_URL: 'postgresql://nobody@127.0.0.1/none',
  AUTH_SECRET: 'x'.repeat(32),
  TRUSTED_PROXIES: 'none',
});

interface Registered {
  path?: string;
  options?: { method?: string | string[]; metadata?: { SERVER_ONLY?: boolean } };
}

function registered(): { method: string; path: string }[] {
  const { api } = getEndpoints(
    new Promise<never>(() => undefined),
    authOptions(settings, new Pool(), { revoke: () => Promise.resolve(), sendMails: () => undefined }),
  );
  return Object.values(api as unknown as Record<string, Registered>).flatMap(({ path, options }) =>
    path === undefined || options?.metadata?.SERVER_ONLY
      ? []
      : [options?.method ?? []].flat().map((method) => ({ method, path })),
  );
}

/** Whether a request reaches Better Auth. */
async function reaches(method: string, path: string): Promise<boolean> {
  const guesses = {
    attempts: new Attempts({ query: () => Promise.resolve({ rowCount: 1, rows: [] }) } as never, settings.secret),
    limits: settings.guesses,
    userOf: () => Promise.resolve({ id: 'somebody', email: 'somebody@example.com' }),
  };
  const next = vi.fn(() => Promise.resolve(new Response()));
  const request = new Request(`https://todo.example/api/auth${path.replace(/:\w+/g, 'x')}`, { method });
  const response = await handle(request, guesses, next);
  const reached = next.mock.calls.length > 0;
  if (!reached) expect([404, 405]).toContain(response.status);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  return reached;
}

it('opens what is listed, of all that is registered, and nothing else', async () => {
  const all = registered();
  expect(all.length).toBeGreaterThan(ENDPOINTS.length);
  const open: string[] = [];
  for (const { method, path } of all) if (await reaches(method, path)) open.push(`${method} ${path}`);
  expect(open.sort()).toEqual(ENDPOINTS.map(({ method, path }) => `${method} ${path}`).sort());
});

it.each(['/list-sessions', '/verify-password', '/update-session', '/update-user', '/revoke-sessions', '/ok', '/error'])(
  'has %s closed',
  async (path) => {
    expect(await reaches('GET', path)).toBe(false);
    expect(await reaches('POST', path)).toBe(false);
  },
);

it.each(['', '/', '/token/', '//token', '/TOKEN', '/token%00', '/callback/a/b', '/callback/'])(
  'is not reached by %j',
  (path) => {
    expect(endpointsOf(path)).toEqual([]);
  },
);

it('names the field that is wrong', () => {
  const fields = { name: 3 };
  expect(fieldProblem({ name: 'Ann' }, fields)).toBeNull();
  expect(fieldProblem({ name: 'Anna' }, fields)).toBe('name: has more than 3 characters');
  expect(fieldProblem({ name: 1 }, fields)).toBe('name: needs a text');
  expect(fieldProblem({ name: 'a\u009b' }, fields)).toBe('name: has control characters');
  expect(fieldProblem({ toString: 'a' }, fields)).toBe('toString: unknown field');
  expect(fieldProblem(JSON.parse('{"__proto__": "a"}'), fields)).toBe('__proto__: unknown field');
  expect(fieldProblem([], fields)).toBe('the body needs to be a JSON object');
});
