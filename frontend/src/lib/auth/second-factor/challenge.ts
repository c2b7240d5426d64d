/** A sign-in that still needs the code: a cookie and a row, as Better Auth's `twoFactor` writes and reads them. */
import type { GenericEndpointContext } from 'better-auth';
import { deleteSessionCookie } from 'better-auth/cookies';
import { generateRandomString } from 'better-auth/crypto';

const COOKIE = 'two_factor';
const SECONDS = 600;

/** Returns the id of the user whose password was right, or null. */
export async function challengedUser(context: GenericEndpointContext): Promise<string | null> {
  const { createAuthCookie, internalAdapter, secret } = context.context;
  const identifier = await context.getSignedCookie(createAuthCookie(COOKIE).name, secret);
  return (identifier && (await internalAdapter.findVerificationValue(identifier))?.value) || null;
}

/** Replaces the new session of a sign-in by another service with a challenge. Returns the redirect to its page. */
export async function askForCode(
  context: GenericEndpointContext,
): Promise<ReturnType<GenericEndpointContext['redirect']>> {
  const { createAuthCookie, internalAdapter, newSession, secret } = context.context;
  const back = (context.context as { responseHeaders?: Headers }).responseHeaders?.get('location');
  const cookie = createAuthCookie(COOKIE, { maxAge: SECONDS });
  deleteSessionCookie(context, true);
  if (newSession) await internalAdapter.deleteSession(newSession.session.token);
  context.context.setNewSession(null);
  const identifier = `2fa-${generateRandomString(20)}`;
  const expiresAt = new Date(Date.now() + SECONDS * 1000);
  const value = newSession?.user.id ?? '';
  await internalAdapter.createVerificationValue({ value, identifier, expiresAt });
  await internalAdapter.createVerificationValue({ value: '0', identifier: `2fa-attempts-${identifier}`, expiresAt });
  await context.setSignedCookie(cookie.name, identifier, secret, cookie.attributes);
  return context.redirect(`/sign-in?step=code&back=${encodeURIComponent(pathOf(back))}`);
}

function pathOf(address: string | null | undefined): string {
  const url = URL.parse(address ?? '/', 'http://page');
  return url ? url.pathname + url.search : '/';
}
