// @vitest-environment node
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { twoFactor } from 'better-auth/plugins';
import { afterEach, expect, it, vi } from 'vitest';
import { MailQueue } from '@/lib/auth/mail/queue';
import { secondFactor } from './plugin';

const URL_OF_PAGE = 'https://todo.example';
const EMAIL = 'ann@example.com';
/** What the provider tells. */
const FOUND = { user: { name: 'Ann', email: EMAIL, emailVerified: true }, data: { id: 7 } };

afterEach(() => vi.unstubAllGlobals());

/** Signs somebody in by a provider. Returns the tables, the redirect, and the cookies that the browser keeps. */
async function signIn(isProtected: boolean) {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ access_token: 'a', token_type: 'bearer', scope: '' })));
  const tables: Record<string, Record<string, unknown>[]> = {
    ...{ account: [], session: [], verification: [], twoFactor: [] },
    user: [
      {
        ...{ id: 'ann', name: 'Ann', email: EMAIL, emailVerified: true, twoFactorEnabled: isProtected },
        ...{ createdAt: new Date(), updatedAt: new Date() },
      },
    ],
  };
  const auth = betterAuth({
    baseURL: URL_OF_PAGE,
    secret: 'x'.repeat(32),
    database: memoryAdapter(tables),
    socialProviders: {
      github: {
        clientId: 'id',
        clientSecret: 'secret',
        getUserInfo: () => Promise.resolve(FOUND as never),
      },
    },
    plugins: [twoFactor(), secondFactor({} as never, 'x'.repeat(32), new MailQueue(null))],
  });
  const begun = await auth.handler(
    new Request(`${URL_OF_PAGE}/api/auth/sign-in/social`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: URL_OF_PAGE },
      body: JSON.stringify({ provider: 'github', callbackURL: '/all?tag=a' }),
    }),
  );
  const { url } = (await begun.json()) as { url: string };
  const state = new URL(url).searchParams.get('state') ?? '';
  const answer = await auth.handler(
    new Request(`${URL_OF_PAGE}/api/auth/callback/github?code=c&state=${state}`, {
      headers: {
        cookie: begun.headers
          .getSetCookie()
          .map((cookie) => cookie.split(';')[0])
          .join('; '),
      },
    }),
  );
  const cookies = new Map(
    answer.headers.getSetCookie().map((cookie) => [/(\w+)=/.exec(cookie)?.[1], /=([^;]*)/.exec(cookie)?.[1] ?? '']),
  );
  return { tables, location: answer.headers.get('location'), cookies };
}

it('asks for the code after a sign-in by another service', async () => {
  const { tables, location, cookies } = await signIn(true);
  expect(location).toBe('/sign-in?step=code&back=%2Fall%3Ftag%3Da');
  expect(tables.session).toEqual([]);
  expect(cookies.get('session_token')).toBe('');
  expect(cookies.get('two_factor')).not.toBe('');
  expect(tables.verification?.filter(({ value }) => value === 'ann')).toHaveLength(1);
});

it('signs somebody without two factors in', async () => {
  const { tables, location, cookies } = await signIn(false);
  expect(location).toBe('/all?tag=a');
  expect(tables.session).toHaveLength(1);
  expect(cookies.get('session_token')).not.toBe('');
});
