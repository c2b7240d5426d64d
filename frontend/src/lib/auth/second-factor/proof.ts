/** A recent proof: the user has entered the password, and the code if two factors are on, within ten minutes. */
import type { GenericEndpointContext } from 'better-auth';
import { APIError, getSessionFromCtx } from 'better-auth/api';

const VALID_MS = 10 * 60 * 1000;
const REQUIRED = { code: 'PROOF_REQUIRED', message: 'Confirm that it is you.' };

/**
 * Throws 428 PROOF_REQUIRED if the user has two factors on and the session has no recent proof. With 403 it
 * would count as a failed guess.
 */
export async function requireProof(context: GenericEndpointContext): Promise<void> {
  const found = await getSessionFromCtx(context);
  if (!found) return; // the endpoint answers 401
  const user = found.user as { twoFactorEnabled?: boolean | null };
  const { provedAt } = found.session as { provedAt?: Date | string | null };
  if (!user.twoFactorEnabled) return;
  if (!provedAt || new Date(provedAt).getTime() < Date.now() - VALID_MS)
    throw new APIError('PRECONDITION_REQUIRED', REQUIRED);
}
