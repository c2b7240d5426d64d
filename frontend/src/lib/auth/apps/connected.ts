import { createHash } from 'node:crypto';
import { createAuthEndpoint, sessionMiddleware } from 'better-auth/api';
import type { Pool } from 'pg';
import type { Revoke } from '@/lib/auth/revocations';

/** An app that the user has given consent to. */
export interface ConnectedApp {
  id: string;
  name: string;
  scopes: string[];
  /** RFC 3339. */
  allowed: string;
  /** When the app last requested a token; null if it has no unexpired refresh token. */
  used: string | null;
}

const LIST = `
  SELECT c."clientId" AS id, coalesce(a.name, a."clientId") AS name, c.scopes, c."updatedAt" AS allowed,
    (SELECT max(t."createdAt") FROM "oauthRefreshToken" t
     WHERE t."clientId" = c."clientId" AND t."userId" = c."userId" AND t."expiresAt" > now()) AS used
  FROM "oauthConsent" c JOIN "oauthClient" a ON a."clientId" = c."clientId"
  WHERE c."userId" = $1 ORDER BY c."updatedAt" DESC, c."clientId"`;

const REVOKE = ['oauthAccessToken', 'oauthRefreshToken', 'oauthConsent'].map(
  (table) => `DELETE FROM "${table}" WHERE "userId" = $1 AND "clientId" = $2`,
);

export function connectedApps(database: Pool, revoke: Revoke) {
  return {
    listConnectedApps: createAuthEndpoint(
      '/connected-apps',
      { method: 'GET', use: [sessionMiddleware] },
      async (context) => context.json(await connectedAppsOf(database, context.context.session.user.id)),
    ),
    revokeConnectedApp: createAuthEndpoint(
      '/connected-apps/revoke',
      { method: 'POST', use: [sessionMiddleware] },
      async (context) => {
        const { id } = (context.body ?? {}) as { id?: unknown };
        const [userId, clientId] = [context.context.session.user.id, String(id)];
        let deleted = 0;
        for (const statement of REVOKE) deleted += (await database.query(statement, [userId, clientId])).rowCount ?? 0;
        if (deleted > 0) await revoke(userId, { clientId });
        return context.json({ status: true });
      },
    ),
  };
}

export async function connectedAppsOf(database: Pool, userId: string): Promise<ConnectedApp[]> {
  return (await database.query<ConnectedApp>(LIST, [userId])).rows;
}

const GIVE_UP =
  'DELETE FROM "oauthRefreshToken" WHERE token = $1 AND revoked IS NOT NULL RETURNING "userId", "clientId"';

/**
 * Revokes the access tokens of an app that has revoked its refresh token, as RFC 7009, section 2.1, recommends. The
 * provider marks only the refresh token.
 */
export async function revokeAccessTokens(database: Pool, revoke: Revoke, refreshToken: string): Promise<void> {
  const stored = createHash('sha256').update(refreshToken).digest('base64url'); // the provider stores hashes
  const { rows } = await database.query<{ userId: string; clientId: string }>(GIVE_UP, [stored]);
  for (const { userId, clientId } of rows) await revoke(userId, { clientId });
}
