/**
 * Deleting an account: its user asks for it with the password, and can change that for seven days. `deletions` then
 * deletes what the sign-in server has, and tells every service to erase the rest.
 */
import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint, sensitiveSessionMiddleware, sessionMiddleware } from 'better-auth/api';
import type { Pool } from 'pg';
import { z } from 'zod';
import { requireIdentity } from '@/lib/auth/identity';
import type { MailQueue } from '@/lib/auth/mail/queue';
import { log } from '@/lib/log';

const GRACE_MS = 7 * 24 * 60 * 60 * 1000;

interface Row extends Record<string, unknown> {
  userId: string;
  dueAt: Date;
}

/** $1 user, $2 when it is due. Of two requests at once the second one returns what the first one has stored. */
const ASK = `
  INSERT INTO "deletion" (id, "userId", "dueAt") VALUES (gen_random_uuid()::text, $1, $2)
  ON CONFLICT ("userId") DO UPDATE SET "dueAt" = "deletion"."dueAt" RETURNING "dueAt", xmax = 0 AS added`;

const table = {
  deletion: {
    fields: {
      userId: {
        type: 'string',
        required: true,
        unique: true,
        references: { model: 'user', field: 'id', onDelete: 'cascade' },
      },
      dueAt: { type: 'date', required: true },
    },
  },
  /** Accounts that were deleted, until the task API knows. */
  erasure: {
    fields: {
      userId: { type: 'string', required: true },
      createdAt: { type: 'date', required: true },
    },
  },
} satisfies BetterAuthPlugin['schema'];

export function accountDeletion(database: Pool, mails: MailQueue) {
  return {
    id: 'account-deletion',
    schema: table,
    endpoints: {
      getAccountDeletion: createAuthEndpoint(
        '/account-deletion',
        { method: 'GET', use: [sessionMiddleware] },
        async (context) => {
          const { adapter, session } = context.context;
          const where = [{ field: 'userId', value: session.user.id }];
          const found = await adapter.findOne<Row>({ model: 'deletion', where });
          return context.json({ dueAt: found?.dueAt.toISOString() ?? null });
        },
      ),
      requestAccountDeletion: createAuthEndpoint(
        '/account-deletion/request',
        { method: 'POST', use: [sensitiveSessionMiddleware], body: z.object({ password: z.string().optional() }) },
        async (context) => {
          const { session, user } = context.context.session;
          await requireIdentity(context, context.body.password);
          const { rows } = await database.query<Row & { added: boolean }>(ASK, [
            user.id,
            new Date(Date.now() + GRACE_MS),
          ]);
          const [asked] = rows;
          if (!asked) throw new APIError('UNAUTHORIZED');
          const { dueAt } = asked;
          if (asked.added) {
            await mails.add(context, 'deletion-requested', user.email, { day: dueAt.toISOString() });
            log('info', 'deletion_requested', { user_id: user.id, session_id: session.id });
          }
          return context.json({ dueAt: dueAt.toISOString() });
        },
      ),
      cancelAccountDeletion: createAuthEndpoint(
        '/account-deletion/cancel',
        { method: 'POST', use: [sessionMiddleware] },
        async (context) => {
          const { session, user } = context.context.session;
          const where = [{ field: 'userId', value: user.id }];
          const count = await context.context.adapter.deleteMany({ model: 'deletion', where });
          if (count > 0) log('info', 'deletion_cancelled', { user_id: user.id, session_id: session.id });
          return context.json({ dueAt: null });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
