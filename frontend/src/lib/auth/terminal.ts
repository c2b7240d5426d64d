/**
 * Signing in from a terminal: the device authorization grant (RFC 8628). The terminal shows a code, the person approves it
 * at /device, and the terminal gets a session of its own, which it trades for the same short tokens as the page.
 */
import { createAuthMiddleware } from 'better-auth/api';
import { bearer, deviceAuthorization } from 'better-auth/plugins';
import type { BetterAuthPlugin } from 'better-auth';

/** Who may ask to be signed in with a code, and what the audit trail calls them. */
const CLIENTS: ReadonlyMap<string, string> = new Map([['todo-terminal', 'terminal']]);
/** All that a session of theirs is good for: with it a terminal can neither approve another one nor change the account. */
const PATHS = new Set(['/token', '/get-session', '/sign-out']);
const DAY_MS = 24 * 60 * 60 * 1000;

/** Through what a session's owner acts. */
export function clientOf(session: Record<string, unknown>): string {
  return typeof session.client === 'string' ? session.client : 'web';
}

export function terminal() {
  return [
    codeSessions,
    deviceAuthorization({
      expiresIn: '10m',
      interval: '5s',
      verificationUri: '/device',
      validateClient: (id) => CLIENTS.has(id),
    }),
  ] as const;
}

const [sessionOfToken] = bearer().hooks.before;

const codeSessions = {
  id: 'code-sessions',
  schema: { session: { fields: { client: { type: 'string', required: false, input: false } } } },
  init: () => ({
    options: {
      databaseHooks: {
        session: {
          create: {
            before: (_session: object, context: { path?: string; body?: unknown } | null) => {
              const { client_id: id } = (context?.body ?? {}) as { client_id?: string };
              const client = context?.path === '/device/token' ? CLIENTS.get(id ?? '') : undefined;
              return Promise.resolve(client ? { data: { client } } : undefined);
            },
          },
        },
      },
    },
  }),
  hooks: {
    before: [
      {
        // A session is taken from the Authorization header when it was made by a code. Those of the page stay in their
        // cookie: whoever has read one of its sessions has not got the cookie, which is signed.
        matcher: ({ path, headers }) => PATHS.has(path ?? '') && bearerOf(headers) !== undefined,
        handler: createAuthMiddleware(async (context) => {
          const found = await context.context.internalAdapter.findSession(bearerOf(context.headers) ?? '');
          return found && clientOf(found.session) !== 'web'
            ? sessionOfToken?.handler({ ...context, returnHeaders: false })
            : undefined;
        }),
      },
      {
        matcher: ({ path }) => path === '/device/code',
        handler: createAuthMiddleware(async ({ context: { adapter } }) => {
          const longAgo = new Date(Date.now() - DAY_MS);
          await adapter.deleteMany({
            model: 'deviceCode',
            where: [{ field: 'expiresAt', operator: 'lt', value: longAgo }],
          });
        }),
      },
    ],
  },
  // A code is one of 2^40, so that few guesses are enough for everybody who types.
  rateLimit: [{ pathMatcher: (path) => /^\/device(\/(code|approve|deny))?$/.test(path), window: 60, max: 20 }],
} satisfies BetterAuthPlugin;

/** Whoever asks by a header gets no cookie: signed as it is, it would open what the header's session does not. */
export function withoutCookie(request: Request, answer: Response): Response {
  if (bearerOf(request.headers) !== undefined) answer.headers.delete('set-cookie');
  return answer;
}

function bearerOf(headers: Headers | undefined): string | undefined {
  return /^Bearer (\S+)$/i.exec(headers?.get('authorization') ?? '')?.[1];
}
