/** Requests of the device authorization grant. */
import { AuthError, tooManyAttempts } from '@/lib/auth/client';

const CLIENT_NAMES: Record<string, string> = { 'todo-terminal': 'The todo command in a terminal' };

interface Answer {
  status?: string;
  client_id?: string;
  error?: string;
  code?: string;
  message?: string;
}

/** Returns the client of a code and binds the code to this account, unapproved. Throws AuthError if used or taken. */
export async function clientOfCode(code: string): Promise<string> {
  const { status, client_id: client } = await ask(`device?user_code=${encodeURIComponent(code)}`);
  if (status !== 'pending') throw new AuthError('This code has already been used. Run todo login again for a new one.');
  if (client === undefined) throw new AuthError('This code was used by another account. Run todo login again.');
  return CLIENT_NAMES[client] ?? client;
}

export async function decide(code: string, decision: 'approve' | 'deny'): Promise<void> {
  await ask(`device/${decision}`, { userCode: code });
}

async function ask(path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`/api/auth/${path}`, {
    cache: 'no-store',
    ...(body && { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const content = (await answer.json().catch(() => ({}))) as Answer;
  if (answer.ok) return content;
  if (answer.status === 429) throw new AuthError(tooManyAttempts(content));
  if (content.code === 'PROOF_REQUIRED') throw new AuthError(content.message ?? '', content.code);
  if (answer.status === 401) throw new AuthError('You are signed out. Reload this page to sign in.');
  if (content.error === 'expired_token') throw new AuthError('The code has expired. Run todo login again.');
  if (answer.status === 400) throw new AuthError('There is no such code. Enter it as the terminal shows it.');
  throw new AuthError(content.message ?? `The server answered ${answer.status}. Try again in a moment.`);
}
