/**
 * New passwords: which are accepted, how they are reset by mail, and what they end. A new password ends sessions, the
 * access of apps, codes of terminals, and links in mails. Somebody else may have opened any of them.
 */
import { getCurrentAdapter, queueAfterTransactionHook } from '@better-auth/core/context';
import type { BetterAuthPlugin, GenericEndpointContext } from 'better-auth';
import { APIError, createAuthEndpoint, createAuthMiddleware } from 'better-auth/api';
import { z } from 'zod';
import { log } from '@/lib/log';
import { clientIdOf } from './access-tokens';
import { isCommon } from './common-passwords';
import { endLinks, storedIdentifier } from './mail/links';
import type { MailQueue } from './mail/queue';
import { endProviders } from './providers';
import type { Revoke } from './revocations';

/** The field of a new password, by path. */
const NEW_PASSWORDS: Readonly<Record<string, string>> = {
  '/sign-up/email': 'password',
  '/sign-up/confirm': 'password',
  '/change-password': 'newPassword',
  '/reset-password': 'newPassword',
};
/** What an account has given to others. */
const GRANTS = ['oauthAccessToken', 'oauthRefreshToken', 'oauthConsent', 'deviceCode', 'accessToken'];
/** Without a limit, Better Auth's adapter returns 100 rows. */
const MAX_CLIENTS = 10_000;

/**
 * Returns whether the body has the token of this link. Once a minute, Better Auth deletes expired links of other accounts
 * within the same request.
 */
function isLinkOf(identifier: string, body: unknown): boolean {
  const { token } = (body ?? {}) as { token?: unknown };
  return typeof token === 'string' && identifier === storedIdentifier('reset-password', token);
}

export function passwords(mails: MailQueue, revoke: Revoke) {
  /** In the transaction of the new password. The sessions are ended by Better Auth. */
  async function endGrants(context: GenericEndpointContext, userId: string, usedLink: string | null): Promise<void> {
    const adapter = await getCurrentAdapter(context.context.adapter);
    for (const model of GRANTS) await adapter.deleteMany({ model, where: [{ field: 'userId', value: userId }] });
    await endLinks(adapter, userId, usedLink);
  }

  /** The apps and access tokens of a user who stays signed in. */
  async function clientsOf(context: GenericEndpointContext, userId: string): Promise<string[]> {
    const adapter = await getCurrentAdapter(context.context.adapter);
    const query = { where: [{ field: 'userId', value: userId }], limit: MAX_CLIENTS };
    const consents = await adapter.findMany<{ clientId: string }>({ model: 'oauthConsent', ...query });
    const tokens = await adapter.findMany<{ id: string }>({ model: 'accessToken', ...query });
    return [...consents.map(({ clientId }) => clientId), ...tokens.map(({ id }) => clientIdOf(id))];
  }

  return {
    id: 'passwords',
    init: () => ({
      options: {
        databaseHooks: {
          account: {
            update: {
              before: async (_account, context) => {
                const user = context?.path === '/change-password' && context.context.session?.user;
                if (!user) return;
                const clients = await clientsOf(context, user.id);
                await endGrants(context, user.id, null);
                for (const clientId of clients) await queueAfterTransactionHook(() => revoke(user.id, { clientId }));
                await mails.add(context, 'password-changed', user.email);
              },
            },
          },
          verification: {
            delete: {
              before: async ({ id, identifier, value: userId }, context) => {
                if (context?.path !== '/reset-password' || !isLinkOf(identifier, context.body)) return;
                const adapter = await getCurrentAdapter(context.context.adapter);
                // Who reads the mail owns the address.
                const update = { emailVerified: true, updatedAt: new Date() };
                const where = [{ field: 'id', value: userId }];
                const user = await adapter.update<{ email: string }>({ model: 'user', where, update });
                if (!user) return;
                await endGrants(context, userId, id);
                await queueAfterTransactionHook(() => revoke(userId, 'all'));
                // Ways in that need no password, and a deletion: the reset may take the account back from somebody else.
                await endProviders(adapter, userId);
                for (const model of ['passkey', 'deletion'])
                  await adapter.deleteMany({ model, where: [{ field: 'userId', value: userId }] });
                await mails.add(context, 'password-changed', user.email);
                await queueAfterTransactionHook(() => {
                  log('info', 'password_reset', { user_id: userId });
                  return Promise.resolve();
                });
              },
            },
          },
        },
      },
    }),
    endpoints: {
      askForPasswordReset: createAuthEndpoint(
        '/password-reset',
        { method: 'POST', body: z.object({ email: z.email() }) },
        async (context) => {
          if (!mails.enabled)
            throw new APIError('BAD_REQUEST', { code: 'NO_MAIL', message: 'This installation sends no mail' });
          await mails.add(context, 'reset-password', context.body.email);
          return context.json({ status: true });
        },
      ),
    },
    hooks: {
      before: [
        {
          matcher: ({ path }) => Object.hasOwn(NEW_PASSWORDS, path ?? ''),
          handler: createAuthMiddleware(async (context) => {
            const given = (context.body as Record<string, unknown> | undefined)?.[NEW_PASSWORDS[context.path] ?? ''];
            if (typeof given === 'string' && (await isCommon(given)))
              throw new APIError('BAD_REQUEST', {
                code: 'PASSWORD_TOO_COMMON',
                message: 'This password is one of those that are guessed first. Choose another one.',
              });
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin;
}
