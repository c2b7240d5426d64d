/** Lists and ends a user's sessions by id. Session tokens leave the server only in cookies. */
import type { BetterAuthPlugin, GenericEndpointContext } from 'better-auth';
import { APIError, createAuthEndpoint, createAuthMiddleware, sessionMiddleware } from 'better-auth/api';
import Bowser from 'bowser';
import { clientOf } from './terminal';

export interface SessionInfo {
  id: string;
  client: string;
  /** Browser and system, such as “Chrome on Linux”; empty if they are unknown. */
  device: string;
  address: string;
  /** RFC 3339. */
  createdAt: string;
  updatedAt: string;
  /** Whether it is the session of this request. */
  current: boolean;
}

const MAX_USER_AGENT = 256;
/** The names that Bowser knows. It takes others from the header. */
const NAMES: ReadonlySet<string | undefined> = new Set([
  ...Object.values(Bowser.BROWSER_MAP),
  ...Object.values(Bowser.OS_MAP),
]);
/** After this time the user has to sign in again, however often the session is used. */
const MAX_AGE_MS = 90 * 24 * 60 * 60 * 1000;

interface Row extends Record<string, unknown> {
  id: string;
  token: string;
  createdAt: Date;
  updatedAt: Date;
  userAgent?: string | null;
  ipAddress?: string | null;
}

export const sessions = {
  id: 'sessions',
  init: () => ({
    options: {
      databaseHooks: {
        session: {
          create: {
            before: (session: { userAgent?: string | null | undefined }) =>
              Promise.resolve({ data: { userAgent: session.userAgent?.slice(0, MAX_USER_AGENT) } }),
          },
          update: {
            // Each day of use moves the expiry by a month.
            before: (changed: { expiresAt?: Date | undefined }, context: GenericEndpointContext | null) => {
              const createdAt = context?.context.session?.session.createdAt;
              if (!createdAt || !changed.expiresAt) return Promise.resolve();
              const last = createdAt.getTime() + MAX_AGE_MS;
              return Promise.resolve({ data: { expiresAt: new Date(Math.min(changed.expiresAt.getTime(), last)) } });
            },
          },
        },
      },
    },
  }),
  endpoints: {
    listOwnSessions: createAuthEndpoint('/sessions', { method: 'GET', use: [sessionMiddleware] }, async (context) =>
      context.json(await sessionsOf(context)),
    ),
    revokeOwnSession: createAuthEndpoint(
      '/sessions/revoke',
      { method: 'POST', use: [sessionMiddleware] },
      async (context) => {
        const { id } = (context.body ?? {}) as { id?: unknown };
        const found = await context.context.adapter.findOne<Row>({
          model: 'session',
          where: [
            { field: 'id', value: String(id) },
            { field: 'userId', value: context.context.session.user.id },
          ],
        });
        if (!found) throw new APIError('NOT_FOUND', { message: 'There is no such session' });
        await context.context.internalAdapter.deleteSession(found.token);
        return context.json({ status: true });
      },
    ),
    revokeOtherSessionsOfUser: createAuthEndpoint(
      '/sessions/revoke-others',
      { method: 'POST', use: [sessionMiddleware] },
      async (context) => {
        const { session, user } = context.context.session;
        const rows = await context.context.adapter.findMany<Row>({
          model: 'session',
          where: [{ field: 'userId', value: user.id }],
        });
        const others = rows.filter(({ id }) => id !== session.id);
        if (others.length > 0) await context.context.internalAdapter.deleteSessions(others.map(({ token }) => token));
        return context.json({ status: true });
      },
    ),
  },
  hooks: {
    before: [
      {
        // The user may change the password because somebody else knows it.
        matcher: ({ path }) => path === '/change-password',
        handler: createAuthMiddleware((context) =>
          Promise.resolve({
            context: { body: { ...(context.body as Record<string, unknown>), revokeOtherSessions: true } },
          }),
        ),
      },
    ],
  },
} satisfies BetterAuthPlugin;

/** Returns the sessions of the request's user, the most recently used first. */
export async function sessionsOf(context: GenericEndpointContext): Promise<SessionInfo[]> {
  const current = context.context.session;
  if (!current) return [];
  const rows = await context.context.adapter.findMany<Row>({
    model: 'session',
    where: [
      { field: 'userId', value: current.user.id },
      { field: 'expiresAt', operator: 'gt', value: new Date() },
    ],
    sortBy: { field: 'updatedAt', direction: 'desc' },
  });
  return rows.map((row) => ({
    id: row.id,
    client: clientOf(row),
    device: deviceOf(row.userAgent),
    address: row.ipAddress ?? '',
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    current: row.id === current.session.id,
  }));
}

/** Returns browser and system, in words of our own: nothing of the header itself. */
export function deviceOf(userAgent: string | null | undefined): string {
  if (!userAgent) return '';
  const { browser, os } = Bowser.parse(userAgent);
  return [browser.name, os.name].filter((name) => NAMES.has(name)).join(' on ');
}
