/** An operator can lock an account (`accounts.cjs`): nobody is signed in to it, and nothing has access to it. */
import type { BetterAuthPlugin, GenericEndpointContext } from 'better-auth';
import { APIError } from 'better-auth/api';

const LOCKED = { code: 'ACCOUNT_LOCKED', message: 'This account is locked. Ask whoever runs this installation.' };

type User = Record<string, unknown> & { lockedAt?: Date | null };

/** Throws if the account is locked. */
export function refuseLocked(user: User | null | undefined): void {
  if (user?.lockedAt) throw new APIError('FORBIDDEN', LOCKED);
}

export const locks = {
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
          },
        },
      },
    },
  }),
} satisfies BetterAuthPlugin;
