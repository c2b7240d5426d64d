/**
 * The access token for the task API. It is kept in memory only, requested with the session cookie, and renewed before
 * it expires.
 */
const RENEW_BEFORE_MS = 60_000;

interface Token {
  value: string;
  expiresAt: number;
}

/** The session has ended; the page goes to the sign-in. */
export class SignedOut extends Error {
  constructor() {
    super('You are signed out');
  }
}

let current: Token | undefined;
let asking: Promise<Token> | undefined;

/** Returns a valid token. Concurrent callers share one request. `fresh` skips a cached token that the API refused. */
export async function accessToken({ fresh = false } = {}): Promise<string> {
  if (!fresh && current && current.expiresAt - RENEW_BEFORE_MS > Date.now()) return current.value;
  asking ??= ask().finally(() => (asking = undefined));
  current = await asking;
  return current.value;
}

export function forgetToken(): void {
  current = undefined;
}

async function ask(): Promise<Token> {
  const answer = await fetch('/api/auth/token', { cache: 'no-store' });
  if (answer.status === 401) throw new SignedOut();
  if (!answer.ok) throw new TypeError(`no token: ${answer.status}`);
  const { token } = (await answer.json()) as { token: string };
  return { value: token, expiresAt: Date.now() + lifetimeOf(token) };
}

/** Computed from the server's timestamps only: the local clock may be wrong. */
function lifetimeOf(token: string): number {
  const [, payload = ''] = token.split('.');
  const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { exp: number; iat: number };
  return (claims.exp - claims.iat) * 1000;
}

/** Sends a request with the token. After a 401, retries once with a fresh token. */
export async function authorised(request: Request): Promise<Response> {
  const again = request.clone();
  request.headers.set('Authorization', `Bearer ${await accessToken()}`);
  const answer = await fetch(request);
  if (answer.status !== 401) return answer;
  again.headers.set('Authorization', `Bearer ${await accessToken({ fresh: true })}`);
  return fetch(again);
}
