import { format } from 'node:util';
import type { BetterAuthOptions } from 'better-auth';
import { jwt, type JwtOptions } from 'better-auth/plugins';
import type { Pool } from 'pg';
import { log } from '@/lib/log';
import type { Settings } from '@/lib/settings';
import { ADDRESS_HEADER } from './address';
import { appProvider, appRules } from './apps/provider';
import { attemptTable } from './attempts';
import { securityEvents } from './events';
import { signingKeys } from './keys';
import { type Revoke, revocationTable } from './revocations';
import { sessions } from './sessions';
import { clientOf, terminal } from './terminal';

/** The audience of the tokens that the task API takes. */
export const AUDIENCE = 'todo';
const DAY_SECONDS = 24 * 60 * 60;
const LEVELS = { debug: 'info', info: 'info', success: 'info', warn: 'warning', error: 'error' } as const;

/**
 * Sign-in by e-mail and password, and by what is configured. A session is a cookie and a row; the page trades it for a
 * token of a few minutes, which the task API verifies by the published keys. The session is looked up each time
 * (no cookie cache), so that a session that was ended gives no more tokens.
 */
export function authOptions(settings: Settings, database: Pool, revoke: Revoke) {
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
    advanced: { ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] } },
    logger: {
      log: (level, message, ...details: unknown[]) =>
        log(LEVELS[level], 'better_auth', { message: format(message, ...details) }),
    },
    // By the client's address, in a table that replicas share. A count starts anew when nothing came for a whole window,
    // so that what many people behind one address ask for all the time must have none.
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 10,
      max: 100,
      customRules: {
        '/sign-in/email': { window: 10, max: 10 },
        '/sign-up/email': { window: 10, max: 20 },
        '/change-password': { window: 10, max: 10 },
        '/token': false,
        '/jwks': false,
      },
    },
    databaseHooks: {
      session: {
        delete: {
          // However it ends: by signing out, from another session, with the account.
          after: (session) => revoke(session.userId, { sid: session.id }),
        },
      },
    },
    plugins: [
      jwt(tokens),
      appProvider(settings),
      appRules(settings, database, revoke),
      ...terminal(),
      sessions,
      attemptTable,
      revocationTable,
      securityEvents,
    ],
  } satisfies BetterAuthOptions;
}
