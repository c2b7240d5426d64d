/** An operator can lock an account (`accounts.cjs`): nobody is signed in to it, and nothing has access to it. */
import type { BetterAuthPlugin, GenericEndpointContext } from 'better-auth';
import { APIError } from 'better-auth/api';
import type { Pool } from 'pg';

const LOCKED = { code: 'ACCOUNT_LOCKED', message: 'This account is locked. Ask whoever runs this installation.' };

type User = Record<string, unknown> & { lockedAt?: Date | null };

/** Throws if the account is locked. */
export function refuseLocked(user: User | null | undefined): void {
  if (user?.lockedAt) throw new APIError('FORBIDDEN', LOCKED);
}

/** Waits for a lock that is being set. */
const IS_LOCKED = 'SELECT "lockedAt" IS NOT NULL AS locked FROM "user" WHERE id = $1 FOR SHARE';

export function locks(database: Pool) {
  return {
    id: 'locks',
    schema: { user: { fields: { lockedAt: { type: 'date', required: false, input: false } } } },
    init: () => ({
      options: {
        databaseHooks: {
          session: {
            create: {
              before: async ({ userId }: { userId: string }, context: GenericEndpointContext | null) => {
                refuseLocked(await context?.context.internalAdapter.findUserById(userId));
              },
              // The account may be locked after the check above: the lock has not ended this session.
              after: async ({ id, userId }: { id: string; userId: string }) => {
                const { rows } = await database.query<{ locked: boolean }>(IS_LOCKED, [userId]);
                if (rows[0]?.locked) await database.query('DELETE FROM "session" WHERE id = $1', [id]);
              },
            },
          },
        },
      },
    }),
  } satisfies BetterAuthPlugin;
}
