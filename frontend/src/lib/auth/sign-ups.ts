/**
 * Sign-up where addresses are confirmed. A request queues a mail and stores nothing else. The link in the mail leads to
 * the page that asks for the password, and only then there is an account. So nobody can prepare an account with another
 * person's address and a password of their own, and a mail scanner that opens the link creates nothing.
 */
import { runWithTransaction } from '@better-auth/core/context';
import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';
import { identifierOf } from './mail/links';
import type { MailQueue } from './mail/queue';
import { MAX_PASSWORD, MIN_PASSWORD } from './password-rules';

const REFUSED = { code: 'SIGN_UP_WITHOUT_CONFIRMATION', message: 'This installation confirms no addresses' };
export const NO_LINK = {
  code: 'INVALID_TOKEN',
  message: 'This link has been used or has been replaced, or is too old',
};
const NOT_CONFIRMED = { code: 'ADDRESS_NOT_CONFIRMED', message: 'Your address is not confirmed there.' };
const TAKEN = { code: 'ACCOUNT_EXISTS', message: 'This address has an account: sign in' };
const WRONG_LENGTH = {
  code: 'PASSWORD_TOO_SHORT',
  message: `Password: needs ${MIN_PASSWORD} to ${MAX_PASSWORD} characters`,
};

export function signUps(mails: MailQueue, confirms: boolean) {
  return {
    id: 'sign-ups',
    init: () => ({
      options: {
        databaseHooks: {
          user: {
            create: {
              // Another service may pass on an address that it has not confirmed.
              before: (user: { emailVerified?: boolean }, context: { path?: string } | null) => {
                if (confirms && context?.path === '/callback/:id' && !user.emailVerified)
                  throw new APIError('FORBIDDEN', NOT_CONFIRMED);
                return Promise.resolve();
              },
            },
          },
        },
      },
    }),
    endpoints: {
      requestSignUp: createAuthEndpoint(
        '/sign-up/request',
        { method: 'POST', body: z.object({ name: z.string().trim().min(1), email: z.email() }) },
        async (context) => {
          if (!confirms) throw new APIError('BAD_REQUEST', REFUSED);
          const { name, email } = context.body;
          await mails.add(context, 'sign-up', email, { name });
          return context.json({ status: true });
        },
      ),
      confirmSignUp: createAuthEndpoint(
        '/sign-up/confirm',
        { method: 'POST', body: z.object({ token: z.string(), password: z.string() }) },
        async (context) => {
          const { token, password } = context.body;
          const { adapter, internalAdapter, password: passwords } = context.context;
          if (password.length < MIN_PASSWORD || password.length > MAX_PASSWORD)
            throw new APIError('BAD_REQUEST', WRONG_LENGTH);
          const hash = await passwords.hash(password);
          const created = await runWithTransaction(adapter, async () => {
            const link = await internalAdapter.consumeVerificationValue(identifierOf('confirm-address', token));
            if (!link || link.expiresAt < new Date()) throw new APIError('BAD_REQUEST', NO_LINK);
            const { email, name } = JSON.parse(link.value) as { email: string; name: string };
            if (await internalAdapter.findUserByEmail(email)) throw new APIError('BAD_REQUEST', TAKEN);
            const user = await internalAdapter.createUser(
              { email, name, emailVerified: true },
              { method: 'email-password' },
            );
            const account = { userId: user.id, accountId: user.id, providerId: 'credential', password: hash };
            await internalAdapter.linkAccount(account);
            return { user, session: await internalAdapter.createSession(user.id) };
          });
          await setSessionCookie(context, created);
          return context.json({ user: { id: created.user.id } });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
