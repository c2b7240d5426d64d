import 'server-only';
import { betterAuth } from 'better-auth';
import { headers } from 'next/headers';
import { Pool } from 'pg';
import { cache } from 'react';
import { settings } from '@/lib/settings';
import { Attempts } from './attempts';
import { Deletions } from './deletion/deletions';
import { handle } from './handler';
import { outgoing } from './mail/outgoing';
import { preparer } from './mail/prepare';
import { MailSender } from './mail/sender';
import { authOptions } from './options';
import { Revocations } from './revocations';
import { Statements } from './statements';

type Auth = ReturnType<typeof betterAuth<ReturnType<typeof authOptions>>>;
/** One for the process: Next.js bundles `instrumentation` and the routes apart, each with modules of its own. */
const shared = globalThis as { todoAuth?: Auth };

function makeAuth(): Auth {
  const { backendUrl, databaseUrl, mail, publicUrl, secret } = settings();
  const database = new Pool({ connectionString: databaseUrl, max: 10 }); // the role's search_path is its schema
  const sign = async (claims: Record<string, unknown>) =>
    (await auth().api.signJWT({ body: { payload: claims } })).token;
  const revocations = new Revocations(database, new Statements(backendUrl, 'revocations', sign));
  const sender =
    mail && new MailSender(database, preparer(database, { publicUrl, secret, from: mail.from }), outgoing(mail));
  new Deletions(database, new Statements(backendUrl, 'erasures', sign), sender && sender.wake).start();
  const effects = { revoke: revocations.revoke, sendMails: () => sender?.wake() };
  return betterAuth(authOptions(settings(), database, effects));
}

/** The first call, at the start of the server, also starts what works in the background: mails and revocations. */
export function auth(): Auth {
  return (shared.todoAuth ??= makeAuth());
}

/** Handles a request to /api/auth. */
export async function handleAuth(request: Request): Promise<Response> {
  const { api, handler, options } = auth();
  const guesses = {
    attempts: new Attempts(options.database, settings().secret),
    limits: settings().guesses,
    userOf: async (from: Headers) => (await api.getSession({ headers: from }))?.user ?? null,
  };
  return handle(request, guesses, handler);
}

export interface User {
  id: string;
  name: string;
  email: string;
  /** When the session ends if it is not used again, in milliseconds. */
  signedInUntil: number;
}

/** Returns the user of the request's session cookie, or null. Queries the database once per request. */
export const signedInUser = cache(async (): Promise<User | null> => {
  const session = await auth().api.getSession({ headers: await headers() });
  if (!session) return null;
  const { id, name, email } = session.user;
  return { id, name, email, signedInUntil: session.session.expiresAt.getTime() };
});
