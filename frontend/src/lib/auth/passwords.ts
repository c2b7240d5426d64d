/** What a new password causes besides: a mail to the owner, in the same transaction. */
import type { BetterAuthPlugin } from 'better-auth';
import type { MailQueue } from './mail/queue';

export function passwords(mails: MailQueue) {
  return {
    id: 'passwords',
    init: () => ({
      options: {
        databaseHooks: {
          account: {
            update: {
              before: async (_account, context) => {
                const user = context?.path === '/change-password' && context.context.session?.user;
                if (user) await mails.add(context, 'password-changed', user.email);
              },
            },
          },
        },
      },
    }),
  } satisfies BetterAuthPlugin;
}
