import { format } from 'node:util';
import type { BetterAuthOptions } from 'better-auth';
import { jwt, type JwtOptions, twoFactor } from 'better-auth/plugins';
import type { Pool } from 'pg';
import { log } from '@/lib/log';
import type { Settings } from '@/lib/settings';
import { ADDRESS_HEADER } from './address';
import { accessTokens } from './access-tokens';
import { accountStatements } from './account-statements';
import { addressChanges } from './address-changes';
import { addressProofs } from './address-proofs';
import { appProvider, appRules } from './apps/provider';
import { attemptTable } from './attempts';
import { accountDeletion } from './deletion/plugin';
import { securityEvents } from './events';
import { identity } from './identity';
import { signingKeys } from './keys';
import { locks, refuseLocked } from './locks';
import { MailQueue, mailTable } from './mail/queue';
import { confirmsAddresses } from './mail/settings';
import { notices } from './notices';
import { passkeys } from './passkeys';
import { MAX_PASSWORD, MIN_PASSWORD } from './password-rules';
import { passwords } from './passwords';
import { type Revoke, revocationTable } from './revocations';
import { secondFactor } from './second-factor/plugin';
import { sessions } from './sessions';
import { signUps } from './sign-ups';
import { clientOf, terminal } from './terminal';
import { webhookStatements } from './webhook-statements';

/** The audience of the page's and the terminal's tokens for the task API. */
export const AUDIENCE = 'todo';
const DAY_SECONDS = 24 * 60 * 60;
const LEVELS = { debug: 'info', info: 'info', success: 'info', warn: 'warning', error: 'error' } as const;

/** What requests cause outside of Better Auth. A migration causes neither. */
export interface Effects {
  revoke: Revoke;
  /** Starts to send the queued mails. */
  sendMails: () => void;
}

/**
 * Options of Better Auth: sign-in by e-mail and password and by the configured social providers. A session is a cookie
 * and a row. The page exchanges it for a token that is valid for ten minutes, which the task API verifies with the
 * published keys. Each request looks the session up (no cookie cache), so that a session that has ended gets no tokens.
 */
export function authOptions(settings: Settings, database: Pool, { revoke, sendMails }: Effects) {
  const mails = new MailQueue(settings.mail && sendMails);
  const confirms = confirmsAddresses(settings.mail);
  const tokens = {
    adapter: { getJwks: signingKeys },
    jwks: { keyPairConfig: { alg: 'EdDSA' }, rotationInterval: 30 * DAY_SECONDS, gracePeriod: DAY_SECONDS },
    jwt: {
      issuer: settings.publicUrl,
      audience: AUDIENCE,
      expirationTime: '10m',
      // `sid` is the session's id, not its token. The task API uses it to refuse tokens of a session that has ended.
      definePayload: ({ session, user }) => {
        refuseLocked(user);
        return { azp: clientOf(session), sid: session.id };
      },
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
    emailAndPassword: {
      enabled: true,
      disableSignUp: confirms,
      minPasswordLength: MIN_PASSWORD,
      maxPasswordLength: MAX_PASSWORD,
      revokeSessionsOnPasswordReset: true,
    },
    verification: { storeIdentifier: 'hashed' },
    socialProviders: settings.socialProviders,
    onAPIError: { errorURL: `${settings.publicUrl}/refused` },
    // What a fresh session would be needed for needs a recent proof (`second-factor/proof`).
    session: { expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS, freshAge: 0 },
    advanced: { ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] } },
    logger: {
      log: (level, message, ...details: unknown[]) =>
        log(LEVELS[level], 'better_auth', { message: format(message, ...details) }),
    },
    // Per client address, in a table that replicas share. A count is reset only after a whole window without requests.
    // Endpoints that many people behind one address call all the time must therefore have no limit.
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 10,
      max: 100,
      customRules: {
        '/sign-in/email': { window: 10, max: 10 },
        '/sign-up/email': { window: 10, max: 20 },
        '/change-password': { window: 10, max: 10 },
        '/reset-password': { window: 10, max: 10 },
        '/sign-up/confirm': { window: 10, max: 10 },
        '/change-address': { window: 10, max: 10 },
        '/change-address/confirm': { window: 10, max: 10 },
        '/two-factor/*': { window: 10, max: 20 },
        '/webhook-statement': { window: 10, max: 10 },
        '/prove': { window: 10, max: 10 },
        '/passkey/*': { window: 10, max: 20 },
        '/token': false,
        '/jwks': false,
      },
    },
    databaseHooks: {
      session: {
        delete: {
          // Covers every way a session ends: sign-out, revocation from another session, deletion of the account.
          after: (session) => revoke(session.userId, { sid: session.id }),
        },
      },
    },
    plugins: [
      // Before the provider for apps: otherwise a sign-in that still needs the code goes on to an authorization.
      twoFactor({ issuer: 'Todo', accountLockout: { enabled: false } }), // `secondFactor` says how long to wait
      secondFactor(database, settings.secret, mails),
      jwt(tokens),
      appProvider(settings),
      appRules(settings, database, revoke),
      ...terminal(),
      sessions,
      identity(mails.enabled),
      locks(database),
      ...passkeys(settings.publicUrl, settings.otherOrigins, mails),
      addressProofs(tokens, settings.mail),
      accountStatements(tokens, database),
      webhookStatements(tokens, mails),
      addressChanges(mails),
      accessTokens(database, tokens, AUDIENCE, mails, revoke),
      passwords(mails, revoke),
      signUps(mails, confirms),
      mailTable,
      attemptTable,
      accountDeletion(database, mails),
      revocationTable,
      notices(mails),
      securityEvents,
    ],
  } satisfies BetterAuthOptions;
}
