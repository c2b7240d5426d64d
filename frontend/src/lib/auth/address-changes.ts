/**
 * A new e-mail address of an account. The link in a mail to the new address makes the change, after a click on a page in
 * which the same account is signed in: so nobody takes an address that is not theirs, nobody is made to give theirs to the
 * account of somebody else, and a mail scanner that opens the link changes nothing.
 */
import { getCurrentAdapter, runWithTransaction } from '@better-auth/core/context';
import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint, sensitiveSessionMiddleware } from 'better-auth/api';
import { z } from 'zod';
import { log } from '@/lib/log';
import { requireIdentity } from './identity';
import { endLinks, identifierOf } from './mail/links';
import type { MailQueue } from './mail/queue';
import { endProviders } from './providers';
import { NO_LINK } from './sign-ups';

const NO_MAIL = { code: 'NO_MAIL', message: 'This installation sends no mail, which a new address is confirmed by.' };
const SAME = { code: 'SAME_ADDRESS', message: 'This is your address already.' };
const OTHER_ACCOUNT = {
  code: 'OTHER_ACCOUNT',
  message: 'This link is for another account than the one that is signed in here.',
};
const TAKEN = { code: 'ACCOUNT_EXISTS', message: 'This address belongs to another account meanwhile.' };

export function addressChanges(mails: MailQueue) {
  return {
    id: 'address-changes',
    endpoints: {
      requestAddressChange: createAuthEndpoint(
        '/change-address',
        {
          method: 'POST',
          use: [sensitiveSessionMiddleware],
          body: z.object({ email: z.email(), password: z.string().optional() }),
        },
        async (context) => {
          if (!mails.enabled) throw new APIError('BAD_REQUEST', NO_MAIL);
          await requireIdentity(context, context.body.password);
          const { session, user } = context.context.session;
          const email = context.body.email.toLowerCase();
          if (email === user.email) throw new APIError('BAD_REQUEST', SAME);
          // Whether the address is free is looked up when the mail is sent: the answer does not tell.
          await mails.add(context, 'change-address', email, { userId: user.id });
          log('info', 'address_change_requested', { user_id: user.id, session_id: session.id });
          return context.json({ status: true });
        },
      ),
      confirmAddressChange: createAuthEndpoint(
        '/change-address/confirm',
        { method: 'POST', use: [sensitiveSessionMiddleware], body: z.object({ token: z.string() }) },
        async (context) => {
          const { adapter, internalAdapter, session } = context.context;
          const { user } = session;
          const identifier = identifierOf('change-address', context.body.token);
          const email = await runWithTransaction(adapter, async () => {
            const asked = await internalAdapter.findVerificationValue(identifier);
            const change = asked && (JSON.parse(asked.value) as { userId: string; email: string });
            if (!change || asked.expiresAt < new Date()) throw new APIError('BAD_REQUEST', NO_LINK);
            if (change.userId !== user.id) throw new APIError('BAD_REQUEST', OTHER_ACCOUNT);
            if (!(await internalAdapter.consumeVerificationValue(identifier)))
              throw new APIError('BAD_REQUEST', NO_LINK);
            if (await internalAdapter.findUserByEmail(change.email)) throw new APIError('BAD_REQUEST', TAKEN);
            await internalAdapter.updateUser(user.id, { email: change.email, emailVerified: true });
            // Links to the old address, those of other changes, and services that know the account by the old address.
            const current = await getCurrentAdapter(adapter);
            await endLinks(current, user.id, null);
            if ((await internalAdapter.findCredentialAccount(user.id))?.password) await endProviders(current, user.id);
            await mails.add(context, 'address-changed', user.email);
            log('info', 'address_changed', { user_id: user.id });
            return change.email;
          });
          return context.json({ email });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
