/** Better Auth's endpoints, as this page uses them: a handful of requests, for which its client would be a heavy thing. */

export class AuthError extends Error {}

interface Answer {
  /** Where the provider wants the person to go. */
  url?: string;
}

/** Throws an AuthError with what the person can do about it. */
export async function authRequest(path: string, body: Record<string, unknown> = {}): Promise<Answer> {
  const answer = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const content = (await answer.json().catch(() => ({}))) as Answer & { code?: string; message?: string };
  if (answer.ok) return content;
  if (answer.status === 429) throw new AuthError(tooManyAttempts(content));
  throw new AuthError(content.message ?? `The server answered ${answer.status}. Try again in a moment.`);
}

/** With the time to wait, where the server says it. */
export function tooManyAttempts({ code, message }: { code?: string; message?: string }): string {
  return code === 'TOO_MANY_ATTEMPTS' && message ? message : 'Too many attempts. Wait a minute, then try again.';
}
