import { beforeEach, expect, it, vi } from 'vitest';
import { accessToken, authorised, forgetToken, SignedOut } from './token';

const MINUTE = 60_000;
let asked: string[];
let status: number;

/** The server's clock differs from the local one. */
function token(): string {
  return `e30.${btoa(JSON.stringify({ iat: 5_000_000, exp: 5_000_600, jti: asked.length }))}.x`;
}

beforeEach(() => {
  forgetToken();
  vi.useFakeTimers({ now: 0 });
  [asked, status] = [[], 200];
  vi.stubGlobal('fetch', (request: string | Request) => {
    const url = typeof request === 'string' ? request : `${request.url} ${request.headers.get('Authorization') ?? ''}`;
    asked.push(url);
    if (typeof request !== 'string') return Promise.resolve(new Response('', { status: asked.length > 2 ? 200 : 401 }));
    return Promise.resolve(Response.json({ token: token() }, { status }));
  });
});

it.each([0, 24 * 60 * MINUTE, 9e12])(
  'is kept for as long as it lasts, whatever the clock here says: %s',
  async (now) => {
    vi.setSystemTime(now);
    await accessToken();
    await accessToken();
    expect(asked).toHaveLength(1);
  },
);

it('is asked for once by many at a time, and kept until shortly before it expires', async () => {
  const [one, other] = await Promise.all([accessToken(), accessToken()]);
  expect(one).toBe(other);
  vi.setSystemTime(8 * MINUTE);
  expect(await accessToken()).toBe(one);
  vi.setSystemTime(9.5 * MINUTE);
  expect(await accessToken()).not.toBe(one);
  expect(asked).toHaveLength(2);
});

it('is renewed when the API does not take it, once', async () => {
  const answer = await authorised(new Request('http://localhost/api/ann/tasks'));
  expect(answer.status).toBe(200);
  const [, first, , second] = asked;
  expect(first?.split(' ')[1]).toBe('Bearer');
  expect(second).not.toBe(first);
});

it('is not to be had without a session', async () => {
  status = 401;
  await expect(accessToken()).rejects.toThrow(SignedOut);
});
