/**
 * What the sign-in server has of a user, for the archive of the account. The task API makes the archive, and takes the
 * statement because it is signed.
 */
import type { BetterAuthPlugin, GenericEndpointContext } from 'better-auth';
import { createAuthEndpoint, sessionMiddleware } from 'better-auth/api';
import { type JwtOptions, signJWT } from 'better-auth/plugins';
import type { Pool } from 'pg';
import { accessTokensOf } from './access-tokens';
import { connectedAppsOf } from './apps/connected';
import { passkeysOf } from './passkeys';
import { requireProof } from './second-factor/proof';
import { sessionsOf } from './sessions';

/** The audience that the task API requires of the statement. */
const AUDIENCE = 'todo/account';
const STATEMENT_SECONDS = 120;

interface Provider extends Record<string, unknown> {
  providerId: string;
  createdAt: Date;
}

export function accountStatements(tokens: JwtOptions, database: Pool) {
  return {
    id: 'account-statements',
    endpoints: {
      stateAccount: createAuthEndpoint(
        '/account-statement',
        { method: 'POST', use: [sessionMiddleware] },
        async (context) => {
          await requireProof(context);
          const iat = Math.floor(Date.now() / 1000);
          const claims = {
            aud: AUDIENCE,
            sub: context.context.session.user.id,
            account: await accountOf(context, database),
          };
          const payload = { ...claims, iat, exp: iat + STATEMENT_SECONDS };
          return context.json({ statement: await signJWT(context, { options: tokens, payload }) });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}

/** Secrets are left out: hashes of passwords, keys of second factors, tokens. */
async function accountOf(context: GenericEndpointContext, database: Pool): Promise<Record<string, unknown>> {
  const { adapter, session } = context.context;
  const user = session?.user as Record<string, unknown> & { id: string };
  const providers = await adapter.findMany<Provider>({
    model: 'account',
    where: [{ field: 'userId', value: user.id }],
  });
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    email_confirmed: user.emailVerified,
    created_at: user.createdAt,
    two_step_sign_in: user.twoFactorEnabled === true,
    signs_in_with: providers.map(({ providerId, createdAt }) => ({
      provider: providerId === 'credential' ? 'password' : providerId,
      since: createdAt,
    })),
    passkeys: (await passkeysOf(context)).map(({ name, createdAt }) => ({ name, created_at: createdAt })),
    sessions: (await sessionsOf(context)).map(({ client, device, address, createdAt, updatedAt }) => ({
      client,
      device,
      address,
      created_at: createdAt,
      used_at: updatedAt,
    })),
    access_tokens: (await accessTokensOf(database, user.id)).map(({ name, scopes, createdAt, expiresAt, usedAt }) => ({
      name,
      scopes,
      created_at: createdAt,
      expires_at: expiresAt,
      used_at: usedAt,
    })),
    apps: (await connectedAppsOf(database, user.id)).map(({ name, scopes, allowed, used }) => ({
      name,
      scopes,
      allowed_at: allowed,
      used_at: used,
    })),
  };
}
