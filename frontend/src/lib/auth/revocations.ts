/**
 * Reports ended sessions and disconnected apps to the task API, which then refuses their access tokens before they
 * expire. A revocation is a row until the task API has accepted it.
 */
import type { BetterAuthPlugin } from 'better-auth';
import type { Pool } from 'pg';
import { log } from '@/lib/log';
import type { Statements } from './statements';

const INTERVAL_MS = 5000;
/** Longer than any session lives: notifications are pushed to a device until its session is known to have ended. */
const KEPT = "interval '90 days'";
const BATCH = 50;

/** The session that has ended, the app that was disconnected, or everything that the user has. */
export type Grant = { sid: string } | { clientId: string } | 'all';
/** Resolves when the task API has accepted it or the first attempt has failed: signing out does not depend on it. */
export type Revoke = (userId: string, grant: Grant) => Promise<void>;

const ADD = `
  INSERT INTO "revocation" (id, "userId", sid, "clientId", "createdAt")
  VALUES (gen_random_uuid()::text, $1, $2, $3, now())`;

export const revocationTable = {
  id: 'revocations',
  schema: {
    revocation: {
      fields: {
        userId: { type: 'string', required: true },
        sid: { type: 'string', required: false },
        clientId: { type: 'string', required: false },
        createdAt: { type: 'date', required: true },
      },
    },
  },
} satisfies BetterAuthPlugin;

interface Row {
  id: string;
  userId: string;
  sid: string | null;
  clientId: string | null;
  createdAt: Date;
}

/** Adds a row for `deliver`. Pass the client of a transaction to add it together with what ends the access. */
export async function addRevocation(database: Pick<Pool, 'query'>, userId: string, grant: Grant): Promise<void> {
  const { sid = null, clientId = null } = (grant === 'all' ? {} : grant) as { sid?: string; clientId?: string };
  await database.query(ADD, [userId, sid, clientId]);
}

export class Revocations {
  /** The run that has begun, and the one that follows it. */
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;
  private failedAt = 0;

  constructor(
    private readonly database: Pool,
    private readonly statements: Statements,
  ) {
    setInterval(() => void this.deliver(), INTERVAL_MS).unref();
  }

  readonly revoke: Revoke = async (userId, grant) => {
    await addRevocation(this.database, userId, grant);
    const delivered = this.deliver();
    // Whoever ends many sessions does not wait for each of them while the task API is away.
    if (this.failedAt + INTERVAL_MS < Date.now()) await delivered;
  };

  /** Reports the rows that wait. Calls at the same time share a run, which begins after they were made. */
  deliver(): Promise<void> {
    this.next ??= this.running.then(() => {
      this.running = this.next ?? this.running;
      this.next = null;
      return this.run();
    });
    return this.next;
  }

  /** Returns whether the task API has accepted everything that was reported about the user. */
  async isDelivered(userId: string): Promise<boolean> {
    const { rows } = await this.database.query('SELECT FROM "revocation" WHERE "userId" = $1 LIMIT 1', [userId]);
    return rows.length === 0;
  }

  /** Rows that are not accepted stay for the next run. Replicas may send the same row twice. */
  private async run(): Promise<void> {
    try {
      await this.database.query(`DELETE FROM "revocation" WHERE "createdAt" < now() - ${KEPT}`);
      const { rows } = await this.database.query<Row>(`SELECT * FROM "revocation" ORDER BY "createdAt" LIMIT ${BATCH}`);
      for (const row of rows) {
        await this.tell(row);
        await this.database.query('DELETE FROM "revocation" WHERE id = $1', [row.id]);
      }
      this.failedAt = 0;
    } catch (error) {
      this.failedAt = Date.now();
      log('warning', 'revocation_not_delivered', { error: String(error) });
    }
  }

  private async tell({ userId, sid, clientId, createdAt }: Row): Promise<void> {
    await this.statements.make(userId, createdAt, {
      ...(sid === null ? {} : { sid }),
      ...(clientId === null ? {} : { client_id: clientId }),
    });
  }
}
