import { oauthProvider } from '@better-auth/oauth-provider';
import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import type { Pool } from 'pg';
import type { Revoke } from '@/lib/auth/revocations';
import { log } from '@/lib/log';
import type { Settings } from '@/lib/settings';
import { connectedApps, revokeAccessTokens } from './connected';
import { prune } from './pruning';
import { authorization, registration } from './requests';
import { SCOPES } from './scopes';

const MINUTE_SECONDS = 60;
const DAY_SECONDS = 24 * 60 * MINUTE_SECONDS;
const HOUR_MS = 60 * MINUTE_SECONDS * 1000;
const BASE = '/api/auth';

/** The audience of the tokens of apps: the URL of the MCP server. */
export function appResource(settings: Settings): string {
  return `${settings.publicUrl}/mcp`;
}

/**
 * OAuth 2.1 for apps such as MCP clients. Apps register themselves, the user gives consent, and the apps get tokens
 * that are valid for 15 minutes and have the allowed scopes. OpenID is not supported: an app learns only the user's id.
 */
export function appProvider(settings: Settings) {
  return oauthProvider({
    scopes: [...SCOPES],
    grantTypes: ['authorization_code', 'refresh_token'],
    resources: [appResource(settings)],
    enforcePerClientResources: false, // there is only one resource
    allowDynamicClientRegistration: true,
    allowUnauthenticatedClientRegistration: true,
    clientPrivileges: () => false,
    resourcePrivileges: () => false,
    loginPage: '/connect/sign-in',
    consentPage: '/connect',
    accessTokenExpiresIn: 15 * MINUTE_SECONDS,
    codeExpiresIn: 10 * MINUTE_SECONDS,
    refreshTokenExpiresIn: 30 * DAY_SECONDS,
    refreshTokenReuseInterval: 30, // the response to a rotation may have been lost
    extensions: [{ claims: { accessToken: ({ client }) => ({ client_name: client.name }) } }],
    // Short windows, as in `authOptions`: many apps may share one address.
    rateLimit: {
      token: { window: 10, max: 60 },
      authorize: { window: 10, max: 30 },
      introspect: { window: 10, max: 60 },
      revoke: { window: 10, max: 30 },
      register: { window: 60, max: 10 },
    },
  });
}

/** Our checks of requests to the provider, pruning, and the endpoints that list and disconnect a user's apps. */
export function appRules(settings: Settings, database: Pool, revoke: Revoke) {
  const tidy = () =>
    prune(database).catch((error: unknown) => log('error', 'pruning_failed', { error: String(error) }));
  return {
    id: 'app-rules',
    init: () => {
      setInterval(() => void tidy(), HOUR_MS).unref();
    },
    endpoints: connectedApps(database, revoke),
    onRequest: async (request) => {
      const path = new URL(request.url).pathname.slice(BASE.length);
      if (path === '/oauth2/register' && request.method === 'POST') return registration(request);
      if (path !== '/oauth2/authorize') return;
      return { request: new Request(authorization(request.url, appResource(settings)), { headers: request.headers }) };
    },
    hooks: {
      after: [
        {
          matcher: ({ path }) => path === '/oauth2/register',
          handler: createAuthMiddleware(async () => {
            await tidy();
          }),
        },
        {
          matcher: ({ path }) => path === '/oauth2/revoke',
          handler: createAuthMiddleware(async (context) => {
            const { token } = (context.body ?? {}) as { token?: unknown };
            if (context.context.returned instanceof APIError || typeof token !== 'string') return;
            await revokeAccessTokens(database, revoke, token);
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin;
}
