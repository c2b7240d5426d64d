import type { BetterAuthOptions } from 'better-auth';
import { jwt, type JwtOptions } from 'better-auth/plugins';
import { Pool } from 'pg';
import type { Settings } from '@/lib/settings';
import { appProvider, appRules } from './apps/provider';
import { signingKeys } from './keys';
import { type Grant, revoke } from './revocation';
import { clientOf, terminal } from './terminal';

/** The audience of the tokens that the task API takes. */
const AUDIENCE = 'todo';
const DAY_SECONDS = 24 * 60 * 60;

/**
 * Sign-in by e-mail and password, and by what is configured. A session is a cookie and a row; the page trades it for a
 * token of a few minutes, which the task API verifies by the published keys. The session is looked up each time
 * (no cookie cache), so that a session that was ended gives no more tokens.
 */
export function authOptions(settings: Settings) {
  const database = new Pool({ connectionString: settings.databaseUrl, max: 10 }); // the role has its schema as search_path
  const tokens = {
    adapter: { getJwks: signingKeys },
    jwks: { keyPairConfig: { alg: 'EdDSA' }, rotationInterval: 30 * DAY_SECONDS, gracePeriod: DAY_SECONDS },
    jwt: {
      issuer: settings.publicUrl,
      audience: AUDIENCE,
      expirationTime: '10m',
      // `sid` is the session's id, not its token: the task API refuses the tokens of a session that has ended.
      definePayload: ({ session }) => ({ azp: clientOf(session), sid: session.id }),
    },
    disableSettingJwtHeader: true,
  } satisfies JwtOptions;
  const revokeTokens = (context: Parameters<typeof revoke>[0], userId: string, grant: Grant) =>
    revoke(context, { backendUrl: settings.backendUrl, options: tokens, userId, grant });
  return {
    appName: 'Todo',
    baseURL: settings.publicUrl,
    secret: settings.secret,
    trustedOrigins: [settings.publicUrl, ...settings.otherOrigins],
    telemetry: { enabled: false },
    database,
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
    socialProviders: settings.socialProviders,
    onAPIError: { errorURL: `${settings.publicUrl}/refused` },
    session: { expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS },
    advanced: { ipAddress: { trustedProxies: settings.trustedProxies } },
    // By the address that the proxy in front names in x-forwarded-for. A count starts anew when nothing came for a whole
    // window, so that what many people behind one address ask for all the time must have none.
    rateLimit: {
      enabled: true,
      window: 10,
      max: 100,
      customRules: {
        '/sign-in/email': { window: 10, max: 10 },
        '/sign-up/email': { window: 10, max: 20 },
        '/token': false,
        '/jwks': false,
      },
    },
    databaseHooks: {
      session: {
        delete: {
          // However it ends: by signing out, from another session, with the account.
          after: async (session, context) => {
            if (context) await revokeTokens(context, session.userId, { sid: session.id });
          },
        },
      },
    },
    plugins: [jwt(tokens), appProvider(settings), appRules(settings, database, revokeTokens), ...terminal()],
  } satisfies BetterAuthOptions;
}
