/** Attempts to enter a code: limited per account on all replicas, and each code works once. */
import type { GenericEndpointContext } from 'better-auth';
import { APIError } from 'better-auth/api';
import { symmetricDecrypt } from 'better-auth/crypto';
import type { Pool } from 'pg';
import type { AttemptLimits, Attempts } from '@/lib/auth/attempts';
import { log } from '@/lib/log';
import { stepOf } from './codes';

/** A code has a million values and three are right: twenty failures an hour guess one in years, not in days. */
const LIMITS: AttemptLimits = { free: 5, maxDelaySeconds: 15 * 60, perHour: 20 };
const USED = { code: 'CODE_USED', message: 'This code has been used. Wait for the next one.' };
export const WRONG = { code: 'INVALID_CODE', message: 'This code is wrong.' };

const SECRET = 'SELECT secret FROM "twoFactor" WHERE "userId" = $1';
/** $1 user, $2 step. Of two requests with one code, one updates the row. */
const CLAIM = `UPDATE "twoFactor" SET "lastStep" = $2 WHERE "userId" = $1 AND ("lastStep" IS NULL OR "lastStep" < $2)`;

export class CodeAttempts {
  constructor(
    private readonly database: Pool,
    private readonly attempts: Attempts,
  ) {}

  /** Counts an attempt as failed until `succeed`. Throws 429 with the time to wait. */
  async begin(userId: string): Promise<void> {
    const wait = await this.attempts.begin(subjectOf(userId), LIMITS);
    if (wait === 0) return;
    log('warning', 'attempt_refused', { path: 'second-factor', user_id: userId, wait_seconds: wait });
    const message = `Too many wrong codes. Try again in ${duration(wait)}.`;
    throw new APIError('TOO_MANY_REQUESTS', { code: 'TOO_MANY_ATTEMPTS', message }, { 'Retry-After': String(wait) });
  }

  async succeed(userId: string): Promise<void> {
    await this.attempts.clear(subjectOf(userId));
  }

  /** Marks the time step of a code as used. Returns false if the code is wrong. Throws if it was used before. */
  async claim(context: GenericEndpointContext, userId: string, code: string): Promise<boolean> {
    const { rows } = await this.database.query<{ secret: string }>(SECRET, [userId]);
    if (!rows[0]) return false;
    const secret = await symmetricDecrypt({ key: context.context.secretConfig, data: rows[0].secret });
    const step = stepOf(secret, code, Date.now());
    if (step === null) return false;
    const { rowCount } = await this.database.query(CLAIM, [userId, step]);
    if (!rowCount) throw new APIError('UNAUTHORIZED', USED);
    return true;
  }
}

function subjectOf(userId: string): string {
  return `second-factor:account:${userId}`;
}

function duration(seconds: number): string {
  if (seconds < 120) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
