/**
 * Tells the task API which access tokens to refuse from now on. It keeps the sessions' public keys but not their state, so
 * that without this a token would be accepted until it expires by itself.
 */
import { type JwtOptions, signJWT } from 'better-auth/plugins';

type Context = Parameters<typeof signJWT>[0];

/** The session that has ended, or the app that was disconnected. */
export type Grant = { sid: string } | { client_id: string };

const AUDIENCE = 'todo/revocations';
/** Longer than any access token lives: after that there is nothing left to revoke. */
const LIFETIME_SECONDS = 20 * 60;
const TIMEOUT_MS = 2000;
const MAX_PAUSE_MS = 30_000;

/**
 * Resolves when the task API knows, or when the first attempt has failed: signing out does not depend on the task API.
 * The attempts go on until the tokens have expired.
 */
export async function revoke(
  context: Context,
  { backendUrl, options, userId, grant }: { backendUrl: string; options: JwtOptions; userId: string; grant: Grant },
): Promise<void> {
  const iat = Math.floor(Date.now() / 1000);
  const payload = { aud: AUDIENCE, sub: userId, iat, exp: iat + LIFETIME_SECONDS, ...grant };
  const token = await signJWT(context, { options, payload }).catch((error: unknown) => {
    console.error(
      `sign-in: a revocation cannot be signed, so that tokens are accepted until they expire: ${String(error)}`,
    );
  });
  if (!token) return;
  if (!(await sent(backendUrl, token))) void sendLater(backendUrl, token, iat + LIFETIME_SECONDS);
}

async function sendLater(backendUrl: string, token: string, expiresAt: number): Promise<void> {
  for (let pause = 1000; Date.now() / 1000 < expiresAt; pause = Math.min(2 * pause, MAX_PAUSE_MS)) {
    await new Promise((resolve) => setTimeout(resolve, pause).unref());
    if (await sent(backendUrl, token)) return;
  }
}

async function sent(backendUrl: string, token: string): Promise<boolean> {
  try {
    const answer = await fetch(`${backendUrl}/api/revocations`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (answer.ok) return true;
    console.error(`sign-in: the task API refused a revocation: ${answer.status} ${await answer.text()}`);
  } catch (error) {
    console.error(`sign-in: the task API at BACKEND_URL does not take a revocation: ${String(error)}`);
  }
  return false;
}
