/** Client of Better Auth's endpoints. Better Auth's own client is too large for the few requests of this page. */

export class AuthError extends Error {
  constructor(
    message: string,
    readonly code = '',
  ) {
    super(message);
  }
}

interface Answer {
  /** The redirect target. */
  url?: string;
  /** The password was right, and the code is asked for. */
  twoFactorRedirect?: boolean;
  totpURI?: string;
  backupCodes?: string[];
  /** An access token, which is shown once. */
  token?: string;
  /** For the archive of the account. */
  statement?: string;
}

/** Throws an AuthError whose message can be shown to the user, as `authRequest` does. */
export function authRead<T>(path: string): Promise<T> {
  return send<T>(path, { cache: 'no-store' });
}

export function authRequest(path: string, body: Record<string, unknown> = {}): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json' };
  return send<Answer>(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function send<T>(path: string, request: RequestInit): Promise<T> {
  const answer = await fetch(`/api/auth/${path}`, request);
  const content = (await answer.json().catch(() => ({}))) as T & { code?: string; message?: string };
  if (answer.ok) return content;
  if (answer.status === 429) throw new AuthError(tooManyAttempts(content));
  throw new AuthError(content.message ?? `The server answered ${answer.status}. Try again in a moment.`, content.code);
}

/** Returns a message with the time to wait, if the server gives one. */
export function tooManyAttempts({ code, message }: { code?: string; message?: string }): string {
  return code === 'TOO_MANY_ATTEMPTS' && message ? message : 'Too many attempts. Wait a minute, then try again.';
}
