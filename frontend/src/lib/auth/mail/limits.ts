/** Limits the mails that somebody can have sent: to one address, and from one client. */
import { log } from '@/lib/log';
import { ADDRESS_HEADER } from '@/lib/auth/address';
import type { AttemptLimits, Attempts } from '@/lib/auth/attempts';
import { beginBoth, emailOf, network, tooMany } from '@/lib/auth/guesses';

const PATHS = ['/password-reset', '/sign-up/request', '/change-address'];
/** The first three are sent at once; further ones cause delays of 1 s, 2 s, 4 s, … */
const TO_ADDRESS: AttemptLimits = { free: 3, maxDelaySeconds: 600, perHour: 6 };
const FROM_CLIENT: AttemptLimits = { free: 20, maxDelaySeconds: 600, perHour: 60 };

/** Returns the response that refuses a request for a mail. It is the same whether or not the address is known. */
export async function limitMails(
  path: string,
  request: Request,
  body: Record<string, unknown>,
  attempts: Attempts,
): Promise<Response | null> {
  if (!PATHS.includes(path)) return null;
  const client = request.headers.get(ADDRESS_HEADER) ?? '';
  // Of each kind: requests to sign up with an address do not use up the mails that let its owner in again.
  const subject = `mail${path}:account:${emailOf(body.email)}`;
  const wait = await beginBoth(attempts, [`mail:address:${network(client)}`, FROM_CLIENT], [subject, TO_ADDRESS]);
  if (wait === 0) return null;
  log('warning', 'mail_limited', { path, account: attempts.hash(subject), address: client, wait_seconds: wait });
  return tooMany(wait);
}
