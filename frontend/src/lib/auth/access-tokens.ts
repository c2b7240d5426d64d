/**
 * Access tokens that a user makes for scripts. One is shown once, and stored as a hash. It opens nothing but
 * `/access-tokens/exchange`, which answers with a token for the task API that is valid for ten minutes.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint, sensitiveSessionMiddleware, sessionMiddleware } from 'better-auth/api';
import { type JwtOptions, signJWT } from 'better-auth/plugins';
import type { Pool } from 'pg';
import { z } from 'zod';
import { log } from '@/lib/log';
import { requireIdentity } from './identity';
import type { MailQueue } from './mail/queue';
import type { Revoke } from './revocations';
import { bearerOf } from './terminal';
import { transaction } from './transaction';

export interface AccessToken {
  id: string;
  name: string;
  scopes: string[];
  /** RFC 3339, as the other times. */
  createdAt: string;
  expiresAt: string;
  /** When it was last exchanged, to the minute. */
  usedAt: string | null;
}

const PREFIX = 'todo_pat_';
const SCOPES = { read: 'tasks:read', write: 'tasks:read tasks:write' } as const;
const MAX_TOKENS = 50;
const MAX_DAYS = 366;
const DAY_MS = 24 * 60 * 60 * 1000;
const ACCESS_SECONDS = 600;
const TOO_MANY = { code: 'TOO_MANY_TOKENS', message: `There are ${MAX_TOKENS} tokens already. Delete one of them.` };
const NO_TOKEN = { code: 'INVALID_TOKEN', message: 'The access token is unknown, deleted, or has expired' };

const table = {
  accessToken: {
    fields: {
      userId: {
        type: 'string',
        required: true,
        index: true,
        references: { model: 'user', field: 'id', onDelete: 'cascade' },
      },
      name: { type: 'string', required: true },
      scope: { type: 'string', required: true },
      hash: { type: 'string', required: true, unique: true, returned: false },
      createdAt: { type: 'date', required: true },
      expiresAt: { type: 'date', required: true },
      usedAt: { type: 'date', required: false },
    },
  },
} satisfies BetterAuthPlugin['schema'];

const LIST = `
  SELECT id, name, scope, "createdAt", "expiresAt", "usedAt" FROM "accessToken"
  WHERE "userId" = $1 AND "expiresAt" > now() ORDER BY "createdAt" DESC, id`;
/** Before `ADD`, so that requests at once do not pass the limit together. */
const LOCK = 'SELECT FROM "user" WHERE id = $1 FOR UPDATE';
const ADD = `
  INSERT INTO "accessToken" (id, "userId", name, scope, hash, "createdAt", "expiresAt")
  SELECT gen_random_uuid()::text, $1, $2, $3, $4, now(), $5
  WHERE (SELECT count(*) FROM "accessToken" WHERE "userId" = $1 AND "expiresAt" > now()) < ${MAX_TOKENS}
  RETURNING id`;
const DELETE = 'DELETE FROM "accessToken" WHERE id = $1 AND "userId" = $2';
const USE = `
  UPDATE "accessToken" t SET "usedAt" = date_trunc('minute', now()) FROM "user" u
  WHERE t.hash = $1 AND t."expiresAt" > now() AND u.id = t."userId" AND u."lockedAt" IS NULL
  RETURNING t.id, t."userId", t.name, t.scope`;

interface Row {
  id: string;
  userId: string;
  name: string;
  scope: string;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
}

/** The id of the client in the tokens for the task API, by which they are revoked. */
export function clientIdOf(id: string): string {
  return `token:${id}`;
}

export async function accessTokensOf(database: Pool, userId: string): Promise<AccessToken[]> {
  const { rows } = await database.query<Row>(LIST, [userId]);
  return rows.map(({ id, name, scope, createdAt, expiresAt, usedAt }) => ({
    id,
    name,
    scopes: scope.split(' '),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    usedAt: usedAt?.toISOString() ?? null,
  }));
}

export function accessTokens(database: Pool, tokens: JwtOptions, audience: string, mails: MailQueue, revoke: Revoke) {
  return {
    id: 'access-tokens',
    schema: table,
    endpoints: {
      listAccessTokens: createAuthEndpoint(
        '/access-tokens',
        { method: 'GET', use: [sessionMiddleware] },
        async (context) => context.json(await accessTokensOf(database, context.context.session.user.id)),
      ),
      createAccessToken: createAuthEndpoint(
        '/access-tokens/create',
        {
          method: 'POST',
          use: [sensitiveSessionMiddleware],
          body: z.object({
            name: z.string().trim().min(1),
            access: z.enum(['read', 'write']),
            days: z
              .string()
              .regex(/^\d{1,3}$/)
              .transform(Number)
              .refine((days) => days >= 1 && days <= MAX_DAYS),
            password: z.string().optional(),
          }),
        },
        async (context) => {
          const { name, access, days, password } = context.body;
          await requireIdentity(context, password);
          const { session, user } = context.context.session;
          const token = PREFIX + randomBytes(32).toString('base64url');
          const expiresAt = new Date(Date.now() + days * DAY_MS);
          const values = [user.id, name, SCOPES[access], hashOf(token), expiresAt];
          const { rows } = await transaction(database, async (client) => {
            await client.query(LOCK, [user.id]);
            return client.query<{ id: string }>(ADD, values);
          });
          const id = rows[0]?.id;
          if (id === undefined) throw new APIError('CONFLICT', TOO_MANY);
          log('info', 'access_token_created', { user_id: user.id, session_id: session.id, token_id: id, access, days });
          await mails.add(context, 'token-created', user.email);
          return context.json({ id, token, expiresAt: expiresAt.toISOString() });
        },
      ),
      deleteAccessToken: createAuthEndpoint(
        '/access-tokens/delete',
        { method: 'POST', use: [sessionMiddleware], body: z.object({ id: z.string() }) },
        async (context) => {
          const { session, user } = context.context.session;
          const { id } = context.body;
          const { rowCount } = await database.query(DELETE, [id, user.id]);
          if (rowCount) {
            log('info', 'access_token_deleted', { user_id: user.id, session_id: session.id, token_id: id });
            await revoke(user.id, { clientId: clientIdOf(id) });
          }
          return context.json({ status: true });
        },
      ),
      exchangeAccessToken: createAuthEndpoint('/access-tokens/exchange', { method: 'GET' }, async (context) => {
        const given = bearerOf(context.headers) ?? '';
        const { rows } = given.startsWith(PREFIX) ? await database.query<Row>(USE, [hashOf(given)]) : { rows: [] };
        const found = rows[0];
        if (!found) throw new APIError('UNAUTHORIZED', NO_TOKEN);
        const iat = Math.floor(Date.now() / 1000);
        const client = { client_id: clientIdOf(found.id), client_name: found.name };
        const payload = {
          aud: audience,
          sub: found.userId,
          scope: found.scope,
          ...client,
          iat,
          exp: iat + ACCESS_SECONDS,
        };
        return context.json({ token: await signJWT(context, { options: tokens, payload }) });
      }),
    },
  } satisfies BetterAuthPlugin;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
