/**
 * Sign-in from a terminal: the device authorization grant (RFC 8628). The terminal shows a code, the user approves it
 * at /device, and the terminal gets its own session, which it exchanges for the same short-lived tokens as the page.
 */
import { createAuthMiddleware } from 'better-auth/api';
import { bearer, deviceAuthorization } from 'better-auth/plugins';
import type { BetterAuthPlugin } from 'better-auth';

/** Ids of the clients that may use the device grant, and their names in the audit trail. */
const CLIENTS: ReadonlyMap<string, string> = new Map([['todo-terminal', 'terminal']]);
/** The only paths that accept a terminal's session: it can neither approve another terminal nor change the account. */
const PATHS = new Set(['/token', '/get-session', '/sign-out']);
const DAY_MS = 24 * 60 * 60 * 1000;

/** Returns the client that a session belongs to: `web`, or a name of CLIENTS. */
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
        // Only sessions that were created with a code are accepted in the Authorization header. The page's sessions
        // need their cookie, which is signed: a session token that was read from the database is not enough.
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
  // There are 2^40 codes: 20 requests a minute do not help to guess one, and are enough for people who type it.
  rateLimit: [{ pathMatcher: (path) => /^\/device(\/(code|approve|deny))?$/.test(path), window: 60, max: 20 }],
} satisfies BetterAuthPlugin;

/** Removes the cookie from the response to a bearer request: it would give access to more paths than the header. */
export function withoutCookie(request: Request, answer: Response): Response {
  if (bearerOf(request.headers) !== undefined) answer.headers.delete('set-cookie');
  return answer;
}

export function bearerOf(headers: Headers | undefined): string | undefined {
  return /^Bearer (\S+)$/i.exec(headers?.get('authorization') ?? '')?.[1];
}
