import 'server-only';
import { betterAuth } from 'better-auth';
import { headers } from 'next/headers';
import { cache } from 'react';
import { settings } from '@/lib/settings';
import { authOptions } from './options';

type Auth = ReturnType<typeof makeAuth>;
let known: Auth | undefined;

function makeAuth() {
  return betterAuth(authOptions(settings()));
}

export function auth(): Auth {
  return (known ??= makeAuth());
}

export interface User {
  id: string;
  name: string;
  email: string;
}

/** Who has signed in with this request's cookie; asked of the database, once a request. */
export const signedInUser = cache(async (): Promise<User | null> => {
  const session = await auth().api.getSession({ headers: await headers() });
  return session && { id: session.user.id, name: session.user.name, email: session.user.email };
});
