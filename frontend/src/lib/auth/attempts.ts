/**
 * Counts failed attempts to guess a password or a code. The counts are in the database, so replicas share them and they
 * survive a restart. An attempt is counted before it is made, so that parallel attempts cannot exceed the limit.
 */
import { createHmac } from 'node:crypto';
import type { BetterAuthPlugin } from 'better-auth';
import type { Pool } from 'pg';

export interface AttemptLimits {
  /** Number of failures within an hour from which each one causes a delay: 1 s, 2 s, 4 s, … */
  free: number;
  maxDelaySeconds: number;
  perHour: number;
}

/** One row per subject. The id is a keyed hash, so the table has no e-mail addresses of people without an account. */
export const attemptTable = {
  id: 'failed-attempts',
  schema: {
    failedAttempt: {
      fields: {
        failures: { type: 'number', required: true },
        startedAt: { type: 'date', required: true },
        retryAt: { type: 'date', required: true },
      },
    },
  },
} satisfies BetterAuthPlugin;

/** $1 subject, $2 free, $3 longest delay, $4 failures per hour. Returns no row while the subject has to wait. */
const BEGIN = `
  INSERT INTO "failedAttempt" AS a (id, failures, "startedAt", "retryAt") VALUES ($1, 1, now(), now())
  ON CONFLICT (id) DO UPDATE SET (failures, "startedAt", "retryAt") = (
    SELECT n, since, CASE
      WHEN n >= $4::int THEN since + interval '1 hour'
      WHEN n >= $2::int THEN now() + interval '1 second' * least($3::int, power(2, least(n - $2::int, 30)))
      ELSE now() END
    FROM (SELECT
      CASE WHEN a."startedAt" > now() - interval '1 hour' THEN a.failures + 1 ELSE 1 END AS n,
      CASE WHEN a."startedAt" > now() - interval '1 hour' THEN a."startedAt" ELSE now() END AS since) AS counted)
  WHERE a."retryAt" <= now()
  RETURNING failures`;
const WAIT = `SELECT ceil(extract(epoch FROM "retryAt" - now()))::int AS seconds FROM "failedAttempt" WHERE id = $1`;
const UNDO = `UPDATE "failedAttempt" SET failures = greatest(failures - 1, 0), "retryAt" = now() WHERE id = $1`;
const CLEAR = `DELETE FROM "failedAttempt" WHERE id = $1`;

export class Attempts {
  constructor(
    private readonly database: Pool,
    private readonly secret: string,
  ) {}

  /** Counts an attempt as failed and returns 0. If the subject has to wait, counts nothing and returns the seconds. */
  async begin(subject: string, { free, maxDelaySeconds, perHour }: AttemptLimits): Promise<number> {
    const id = this.hash(subject);
    const { rowCount } = await this.database.query(BEGIN, [id, free, maxDelaySeconds, perHour]);
    if (rowCount) return 0;
    const { rows } = await this.database.query<{ seconds: number }>(WAIT, [id]);
    return Math.max(rows[0]?.seconds ?? 1, 1);
  }

  /** Reverts `begin` for an attempt that did not fail. */
  async undo(subject: string): Promise<void> {
    await this.database.query(UNDO, [this.hash(subject)]);
  }

  async clear(subject: string): Promise<void> {
    await this.database.query(CLEAR, [this.hash(subject)]);
  }

  /** Returns the id of a subject in the table and in the log. */
  hash(subject: string): string {
    return createHmac('sha256', this.secret).update(`failed-attempts:${subject}`).digest('hex').slice(0, 32);
  }
}
