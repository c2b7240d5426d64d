/**
 * Sends the queued mails. Replicas share the work: a mail is claimed with a lease, sent without a transaction, and
 * deleted. A mail whose sender dies is claimed again when the lease has ended, and is then the same message.
 */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { log } from '@/lib/log';
import { ATTEMPT_MS, type Outcome, type Outgoing } from './outgoing';
import type { Prepare } from './prepare';
import { KINDS, type QueuedMail } from './queue';

const INTERVAL_MS = 5000;
const MAX_ACTIVE = 10;
const LEASE_SECONDS = (2 * ATTEMPT_MS) / 1000;
const FIRST_DELAY_SECONDS = 30;
const MAX_DELAY_SECONDS = 15 * 60;

/** $1 lease, $2 how many, $3 kinds: during a rollout, a newer release queues mails that this one cannot write. */
const CLAIM = `
  WITH next AS (
    SELECT id FROM "accountMail"
    WHERE kind = ANY($3) AND "dueAt" <= now() AND ("leasedUntil" IS NULL OR "leasedUntil" < now())
    ORDER BY "dueAt" LIMIT $2 FOR UPDATE SKIP LOCKED)
  UPDATE "accountMail" m
  SET attempts = attempts + 1, lease = $1, "leasedUntil" = now() + interval '${LEASE_SECONDS} seconds'
  FROM next WHERE m.id = next.id RETURNING m.*`;
const DELETE = 'DELETE FROM "accountMail" WHERE id = $1 AND lease = $2';
/** $3 seconds. */
const POSTPONE = `
  UPDATE "accountMail" SET "dueAt" = now() + $3 * interval '1 second', lease = NULL, "leasedUntil" = NULL
  WHERE id = $1 AND lease = $2`;

export class MailSender {
  private claiming = false;
  private again = false;
  private active = 0;

  constructor(
    private readonly database: Pool,
    private readonly prepare: Prepare,
    private readonly send: Outgoing,
  ) {
    setInterval(this.wake, INTERVAL_MS).unref();
  }

  /** Starts to send what is due. Returns at once, and never throws. */
  readonly wake = (): void => {
    if (this.claiming) this.again = true;
    else void this.claim();
  };

  /** A server that does not answer takes one place, and the other mails go on. */
  private async claim(): Promise<void> {
    this.claiming = true;
    try {
      do {
        this.again = false;
        const lease = randomUUID();
        const { rows } = await this.database.query<QueuedMail>(CLAIM, [lease, MAX_ACTIVE - this.active, KINDS]);
        for (const row of rows) void this.start(row, lease);
        this.again ||= rows.length > 0;
      } while (this.again && this.active < MAX_ACTIVE);
    } catch (error) {
      log('warning', 'mail_queue_not_read', { error: String(error) }); // the next interval reads it
    } finally {
      this.claiming = false;
    }
  }

  private async start(row: QueuedMail, lease: string): Promise<void> {
    this.active++;
    await this.attempt(row, lease);
    this.active--;
    this.wake();
  }

  private async attempt(row: QueuedMail, lease: string): Promise<void> {
    const about = { mail_id: row.id, kind: row.kind, attempts: row.attempts };
    try {
      const outcome = await this.outcomeOf(row);
      if (outcome?.state === 'failed') {
        log(outcome.misconfigured ? 'error' : 'warning', 'mail_failed', { ...about, reason: outcome.reason });
        await this.database.query(POSTPONE, [row.id, lease, delayAfter(row.attempts)]);
        return;
      }
      if (outcome?.state === 'refused') log('warning', 'mail_refused', { ...about, reason: outcome.reason });
      if (outcome?.state === 'sent') log('info', 'mail_sent', about);
      await this.database.query(DELETE, [row.id, lease]);
    } catch (error) {
      log('error', 'mail_failed', { ...about, reason: String(error) }); // it is claimed again when the lease has ended
    }
  }

  /** Returns null if there is nothing to send, as when the address has no account or the time for the mail is over. */
  private async outcomeOf(row: QueuedMail): Promise<Outcome | null> {
    const message = await this.prepare(row);
    return message && this.send(message);
  }
}

/** Doubles with each attempt. Replicas that have failed together do not try again together. */
function delayAfter(attempts: number): number {
  return Math.min(FIRST_DELAY_SECONDS * 2 ** (attempts - 1), MAX_DELAY_SECONDS) * (0.8 + 0.4 * Math.random());
}
