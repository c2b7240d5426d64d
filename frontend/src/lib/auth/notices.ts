/** Mails to the user about new access to the account: a sign-in in a new browser, an app, a terminal. */
import { createHash } from 'node:crypto';
import type { BetterAuthPlugin, GenericEndpointContext } from 'better-auth';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import type { MailQueue } from './mail/queue';
import { deviceOf } from './sessions';

/** Requests that may end with a new session of the page. */
const SIGN_INS = [
  ...['/sign-in/email', '/two-factor/verify-totp', '/two-factor/verify-backup-code', '/callback/:id'],
  '/passkey/verify-authentication',
];
const SIGN_UPS = ['/sign-up/email', '/sign-up/confirm'];
const CONNECTIONS = ['/oauth2/consent', '/device/approve'];
const COOKIE = 'known_to';
const COOKIE_SECONDS = 400 * 24 * 60 * 60; // the longest that browsers keep one
/** Accounts that one browser is known to. */
const MAX_ACCOUNTS = 8;

export function notices(mails: MailQueue) {
  return {
    id: 'notices',
    hooks: {
      after: [
        {
          matcher: ({ path }) => [...SIGN_INS, ...SIGN_UPS].includes(path ?? ''),
          handler: createAuthMiddleware(async (context) => {
            const user = context.context.newSession?.user; // null until the second factor
            if (!user || (await rememberBrowser(context, user.id)) || SIGN_UPS.includes(context.path)) return;
            await mails.add(context, 'new-sign-in', user.email, {
              device: deviceOf(context.headers?.get('user-agent')),
            });
          }),
        },
        {
          matcher: ({ path }) => CONNECTIONS.includes(path ?? ''),
          handler: createAuthMiddleware(async (context) => {
            const { returned, session } = context.context;
            const isDenial = (context.body as { accept?: unknown } | undefined)?.accept === false;
            if (!session || isDenial || returned instanceof APIError) return;
            await mails.add(context, 'app-connected', session.user.email);
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin;
}

/** Returns whether the account was used in this browser before. A signed cookie remembers it. */
async function rememberBrowser(context: GenericEndpointContext, userId: string): Promise<boolean> {
  const { createAuthCookie, secret } = context.context;
  const cookie = createAuthCookie(COOKIE, { maxAge: COOKIE_SECONDS });
  const known = (await context.getSignedCookie(cookie.name, secret)) || '';
  const accounts = known.split('.').filter(Boolean);
  const account = createHash('sha256').update(userId).digest('base64url').slice(0, 16);
  const value = [account, ...accounts.filter((other) => other !== account)].slice(0, MAX_ACCOUNTS).join('.');
  await context.setSignedCookie(cookie.name, value, secret, cookie.attributes);
  return accounts.includes(account);
}
