/** What changes to whom an account belongs, or makes access that lasts, needs the password besides the session. */
import type { BetterAuthPlugin, GenericEndpointContext } from 'better-auth';
import { APIError, createAuthEndpoint, sessionMiddleware } from 'better-auth/api';
import { requireFreshSession, requireProof, WRONG_PASSWORD } from './second-factor/proof';

/** What the page has to ask for before such a request. */
export interface Identity {
  hasPassword: boolean;
  hasTwoFactors: boolean;
  /** Whether this installation sends mails, which an address is confirmed by. */
  sendsMail: boolean;
}

export function identity(sendsMail: boolean) {
  return {
    id: 'identity',
    endpoints: {
      getIdentity: createAuthEndpoint('/identity', { method: 'GET', use: [sessionMiddleware] }, async (context) => {
        const { internalAdapter, session } = context.context;
        const { id, twoFactorEnabled } = session.user as { id: string; twoFactorEnabled?: boolean | null };
        const account = await internalAdapter.findCredentialAccount(id);
        return context.json({
          hasPassword: Boolean(account?.password),
          hasTwoFactors: twoFactorEnabled === true,
          sendsMail,
        } satisfies Identity);
      }),
    },
  } satisfies BetterAuthPlugin;
}

/**
 * Throws unless the password is right and, if two factors are on, the session has a recent proof. An account without a
 * password needs a fresh session instead.
 */
export async function requireIdentity(context: GenericEndpointContext, given: string | undefined): Promise<void> {
  const { internalAdapter, password, session: found } = context.context;
  if (!found) throw new APIError('UNAUTHORIZED');
  await requireProof(context);
  const hash = (await internalAdapter.findCredentialAccount(found.user.id))?.password;
  if (hash) {
    if (!(await password.verify({ hash, password: given ?? '' }))) throw new APIError('BAD_REQUEST', WRONG_PASSWORD);
  } else requireFreshSession(found.session);
}
