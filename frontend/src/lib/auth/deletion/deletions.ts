/** Deletes the accounts whose time has come, and tells the task API until it accepts it. Replicas share the work. */
import type { Pool, PoolClient } from 'pg';
import { log } from '@/lib/log';
import type { Statements } from '@/lib/auth/statements';
import { transaction } from '@/lib/auth/transaction';

const INTERVAL_MS = 5000;
const BATCH = 20;

const DUE = `
  SELECT d."userId" AS id, u.email FROM "deletion" AS d JOIN "user" AS u ON u.id = d."userId"
  WHERE d."dueAt" <= now() ORDER BY d."dueAt" LIMIT 1 FOR UPDATE OF d SKIP LOCKED`;
/** Codes and links of the user have no foreign key. */
const LINKS = `DELETE FROM "verification" WHERE value = $1 OR strpos(value, '"userId":"' || $1 || '"') > 0`;
/** Mails that wait: only the receipt is of use. */
const MAILS = 'DELETE FROM "accountMail" WHERE address = lower($1)';
const RECEIPT = `
  INSERT INTO "accountMail" (id, address, kind, language, content, "createdAt", "dueAt", attempts)
  VALUES (gen_random_uuid()::text, lower($1), 'account-deleted', 'en', '{}', now(), now(), 0)`;
const ERASURE = `INSERT INTO "erasure" (id, "userId", "createdAt") VALUES (gen_random_uuid()::text, $1, now())`;
const WAITING = `SELECT id, "userId", "createdAt" FROM "erasure" ORDER BY "createdAt" LIMIT ${BATCH}`;

export class Deletions {
  private running = false;

  constructor(
    private readonly database: Pool,
    private readonly statements: Statements,
    /** Null if this installation sends no mail. */
    private readonly sendMails: (() => void) | null,
  ) {}

  start(): void {
    void this.run();
    setInterval(() => void this.run(), INTERVAL_MS).unref();
  }

  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      while (await this.deleteNext());
      await this.tell();
    } catch (error) {
      log('warning', 'deletion_postponed', { error: String(error) });
    } finally {
      this.running = false;
    }
  }

  /** Deletes one account. Returns whether one was due. */
  private async deleteNext(): Promise<boolean> {
    const deleted = await transaction(this.database, (client) => deleteDue(client, this.sendMails !== null));
    if (deleted === null) return false;
    log('info', 'account_deleted', { user_id: deleted });
    this.sendMails?.();
    return true;
  }

  /** Makes the oldest statements. Those that are not accepted stay for the next run. */
  private async tell(): Promise<void> {
    const { rows } = await this.database.query<{ id: string; userId: string; createdAt: Date }>(WAITING);
    for (const { id, userId, createdAt } of rows) {
      await this.statements.make(userId, createdAt);
      await this.database.query('DELETE FROM "erasure" WHERE id = $1', [id]);
    }
  }
}

/** Everything that belongs to the user's row goes with it. Returns the id of the user, or null. */
async function deleteDue(client: PoolClient, withReceipt: boolean): Promise<string | null> {
  const { rows } = await client.query<{ id: string; email: string }>(DUE);
  const user = rows[0];
  if (!user) return null;
  await client.query(ERASURE, [user.id]);
  await client.query(LINKS, [user.id]);
  await client.query(MAILS, [user.email]);
  if (withReceipt) await client.query(RECEIPT, [user.email]);
  await client.query('DELETE FROM "user" WHERE id = $1', [user.id]);
  return user.id;
}
