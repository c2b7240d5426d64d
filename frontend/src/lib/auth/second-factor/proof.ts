/** A recent proof: the user has entered the password, and the code if two factors are on, within ten minutes. */
import type { GenericEndpointContext } from 'better-auth';
import { APIError, getSessionFromCtx } from 'better-auth/api';

const VALID_MS = 10 * 60 * 1000;
export const WRONG_PASSWORD = { code: 'INVALID_PASSWORD', message: 'The password is wrong.' };
/** For an account without a password: a sign-in is its proof. */
export const NOT_FRESH = {
  code: 'SIGN_IN_AGAIN',
  message: 'Sign out and in again, then repeat this within ten minutes.',
};
/** By password and code, or by the password alone. */
const REQUIRED = { code: 'PROOF_REQUIRED', message: 'Confirm that it is you.' };
const PASSWORD_REQUIRED = { ...REQUIRED, code: 'PASSWORD_REQUIRED' };

/**
 * Throws 428 if the session has no recent proof. With 403 it would count as a failed guess. Users without two factors are
 * asked only if `ofEverybody`.
 */
export async function requireProof(context: GenericEndpointContext, { ofEverybody = false } = {}): Promise<void> {
  const found = await getSessionFromCtx(context);
  if (!found) return; // the endpoint answers 401
  const user = found.user as { twoFactorEnabled?: boolean | null };
  const { provedAt } = found.session as { provedAt?: Date | string | null };
  if (!user.twoFactorEnabled && !ofEverybody) return;
  if (
    !user.twoFactorEnabled &&
    !(await context.context.internalAdapter.findCredentialAccount(found.user.id))?.password
  ) {
    requireFreshSession(found.session);
    return;
  }
  if (!provedAt || new Date(provedAt).getTime() < Date.now() - VALID_MS)
    throw new APIError('PRECONDITION_REQUIRED', user.twoFactorEnabled ? REQUIRED : PASSWORD_REQUIRED);
}

/** Throws unless the user has signed in within ten minutes. */
export function requireFreshSession({ createdAt }: { createdAt: Date }): void {
  if (new Date(createdAt).getTime() < Date.now() - VALID_MS) throw new APIError('FORBIDDEN', NOT_FRESH);
}
