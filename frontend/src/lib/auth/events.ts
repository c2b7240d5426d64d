/**
 * Logs security events with the user, the session and the client address. Passwords, tokens and e-mail addresses are never
 * logged.
 */
import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthMiddleware, getIP } from 'better-auth/api';
import { log } from '@/lib/log';
import { clientOf } from './terminal';

interface Session extends Record<string, unknown> {
  id: string;
  userId: string;
  ipAddress?: string | null | undefined;
}

const PASSWORD_SIGN_IN = '/sign-in/email';

type Context = { path?: string } | null;

/** Requests that end sessions. A session that any other request deletes has expired. */
const ENDINGS: Readonly<Record<string, string>> = {
  '/sign-out': 'signed_out',
  [PASSWORD_SIGN_IN]: 'second_factor_asked',
  '/callback/:id': 'second_factor_asked',
  '/two-factor/verify-totp': 'session_replaced',
  '/two-factor/disable': 'session_replaced',
  '/sessions/revoke': 'session_revoked',
  '/sessions/revoke-others': 'session_revoked',
  '/change-password': 'session_revoked',
  '/reset-password': 'session_revoked',
};

/** The event to log for each request that succeeds. */
const DECISIONS: Readonly<Record<string, (body: Record<string, unknown>) => [string, Record<string, unknown>]>> = {
  '/oauth2/consent': ({ accept, oauth_query: query }) => [
    accept === true ? 'app_allowed' : 'app_denied',
    { client_id: new URLSearchParams(String(query)).get('client_id') },
  ],
  '/connected-apps/revoke': ({ id }) => ['app_disconnected', { client_id: id }],
  '/device/approve': () => ['device_approved', {}],
  '/device/deny': () => ['device_denied', {}],
  '/change-password': () => ['password_changed', {}],
};

export const securityEvents = {
  id: 'security-events',
  init: () => ({
    options: {
      databaseHooks: {
        session: {
          create: {
            after: (session: Session, context: Context) => {
              // A password may be half of a sign-in: the hook below knows.
              if (context?.path !== PASSWORD_SIGN_IN)
                log('info', 'signed_in', { ...about(session), path: context?.path });
              return Promise.resolve();
            },
          },
          delete: {
            after: (session: Session, context: Context) => {
              log('info', ENDINGS[context?.path ?? ''] ?? 'session_expired', about(session));
              return Promise.resolve();
            },
          },
        },
      },
    },
  }),
  hooks: {
    after: [
      {
        matcher: ({ path }) => path === PASSWORD_SIGN_IN,
        handler: createAuthMiddleware((context) => {
          const session = context.context.newSession?.session; // null until the second factor
          if (session) log('info', 'signed_in', { ...about(session), path: context.path });
          return Promise.resolve();
        }),
      },
      {
        matcher: ({ path }) => Object.hasOwn(DECISIONS, path ?? ''),
        handler: createAuthMiddleware((context): Promise<void> => {
          const { session, returned, options } = context.context;
          const decision = DECISIONS[context.path];
          if (!session || !decision || returned instanceof APIError) return Promise.resolve();
          const [event, fields] = decision((context.body ?? {}) as Record<string, unknown>);
          const address = context.headers && getIP(context.headers, options);
          log('info', event, { user_id: session.user.id, session_id: session.session.id, address, ...fields });
          return Promise.resolve();
        }),
      },
    ],
  },
} satisfies BetterAuthPlugin;

function about(session: Session): Record<string, unknown> {
  return {
    user_id: session.userId,
    session_id: session.id,
    client: clientOf(session),
    address: session.ipAddress,
  };
}
