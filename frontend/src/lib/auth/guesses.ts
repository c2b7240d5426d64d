/** Limits attempts to guess passwords and codes. Each attempt counts for an account and for a client address. */
import { log } from '@/lib/log';
import { ADDRESS_HEADER } from './address';
import type { AttemptLimits, Attempts } from './attempts';

export interface GuessLimits {
  account: AttemptLimits;
  address: AttemptLimits;
}

type SignedIn = { id: string; email: string } | null;

export interface Guesses {
  attempts: Attempts;
  limits: GuessLimits;
  /** The user of the request's session cookie. */
  userOf: (headers: Headers) => Promise<SignedIn>;
}

const PASSWORDS = [
  '/sign-in/email',
  '/change-password',
  '/account-deletion/request',
  '/change-address',
  '/access-tokens/create',
  '/prove',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/generate-backup-codes',
];
const CODES = ['/device', '/device/approve', '/device/deny'];
const FAILED = [400, 401, 403];

/**
 * Forwards a request, unless too many attempts for its account or from its address have failed: then returns 429. The
 * response is the same for an account that does not exist.
 */
export async function limitGuesses(
  path: string,
  request: Request,
  body: Record<string, unknown>,
  { attempts, limits, userOf }: Guesses,
  send: () => Promise<Response>,
): Promise<Response> {
  const kind = PASSWORDS.includes(path) ? 'password' : CODES.includes(path) ? 'code' : null;
  if (kind === null) return send();
  const account = path === '/sign-in/email' ? emailOf(body.email) : accountOf(kind, await userOf(request.headers));
  if (account === null) return Response.json({ message: 'Sign in first' }, { status: 401 });

  const address = request.headers.get(ADDRESS_HEADER) ?? '';
  const [ofAddress, ofAccount] = [`${kind}:address:${network(address)}`, `${kind}:account:${account}`];
  const about = { path, account: attempts.hash(ofAccount), address };

  const wait = await beginBoth(attempts, [ofAddress, limits.address], [ofAccount, limits.account]);
  if (wait > 0) {
    log('warning', 'attempt_refused', { ...about, wait_seconds: wait });
    return tooMany(wait);
  }
  const response = await send();
  if (FAILED.includes(response.status)) {
    log('warning', 'attempt_failed', { ...about, status: response.status });
    return response;
  }
  await attempts.undo(ofAddress);
  // A correct password clears the account's failures. A correct code does not: an attacker can enter their own codes.
  if (kind === 'password' && response.ok) await attempts.clear(ofAccount);
  else await attempts.undo(ofAccount);
  return response;
}

type Limited = [subject: string, limits: AttemptLimits];

/** Counts an attempt for both subjects and returns 0. If one of them has to wait, counts it for none. */
export async function beginBoth(attempts: Attempts, address: Limited, account: Limited): Promise<number> {
  const wait = await attempts.begin(...address);
  if (wait > 0) return wait;
  const waitOfAccount = await attempts.begin(...account);
  if (waitOfAccount > 0) await attempts.undo(address[0]);
  return waitOfAccount;
}

export function emailOf(given: unknown): string {
  return typeof given === 'string' ? given.trim().toLowerCase() : '';
}

function accountOf(kind: 'password' | 'code', user: SignedIn): string | null {
  return user && (kind === 'password' ? emailOf(user.email) : user.id);
}

/** Reduces an IPv6 address to its /64 prefix: a client can use every address of its prefix. */
export function network(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? [];
  const [before, after] = [head, tail].map((part) => part.split(':').filter(Boolean)) as [string[], string[]];
  const missing = address.includes('::') ? Array<string>(8 - before.length - after.length).fill('0') : [];
  const groups = [...before, ...missing, ...after].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

export function tooMany(seconds: number): Response {
  const message = `Too many attempts. Try again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`;
  return Response.json(
    { message, code: 'TOO_MANY_ATTEMPTS' },
    { status: 429, headers: { 'Retry-After': String(seconds) } },
  );
}
