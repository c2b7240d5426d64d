/**
 * Proofs that an address is the user's. The page gives one to the notification channels, which send reminders to the
 * address that it states. A request that names an address would let anybody send mails to anybody.
 */
import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint, sessionMiddleware } from 'better-auth/api';
import { type JwtOptions, signJWT } from 'better-auth/plugins';
import { confirmsAddresses, type MailSettings } from './mail/settings';

/** The audience that the task API requires of a proof. */
const AUDIENCE = 'todo/address';
const PROOF_SECONDS = 120;
const NO_MAIL = { code: 'NO_MAIL', message: 'This installation sends no mail' };
const NOT_CONFIRMED = {
  code: 'ADDRESS_NOT_CONFIRMED',
  message: 'Your address is not confirmed yet. Choose a new password by mail: the link in it confirms the address.',
};

/** Only the page's session gets one: a terminal's opens nothing but tokens (see `terminal`). */
export function addressProofs(tokens: JwtOptions, mail: MailSettings | null) {
  return {
    id: 'address-proofs',
    endpoints: {
      proveAddress: createAuthEndpoint(
        '/address-proof',
        { method: 'GET', use: [sessionMiddleware] },
        async (context) => {
          const { user } = context.context.session;
          if (mail === null) throw new APIError('NOT_FOUND', NO_MAIL);
          if (confirmsAddresses(mail) && !user.emailVerified) throw new APIError('FORBIDDEN', NOT_CONFIRMED);
          const iat = Math.floor(Date.now() / 1000);
          const claims = { aud: AUDIENCE, sub: user.id, email: user.email, email_verified: true };
          const payload = { ...claims, iat, exp: iat + PROOF_SECONDS };
          return context.json({ proof: await signJWT(context, { options: tokens, payload }) });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
