'use client';

import { useQuery } from '@tanstack/react-query';
import { authRead } from '@/lib/auth/client';
import type { Identity } from '@/lib/auth/identity';
import { PasswordField } from './password-field';
import type { Failure } from './use-attempt';

export const IDENTITY = ['identity'];

/** Returns what a form has to ask for; undefined until it is known. */
export function useIdentity(): Identity | undefined {
  return useQuery({ queryKey: IDENTITY, queryFn: () => authRead<Identity>('identity') }).data;
}

/** The password, which some requests need besides the session. Accounts of another service have none. */
export function IdentityField({ failure }: { failure: Failure | null }) {
  const identity = useIdentity();
  if (identity?.hasPassword === false) return null;
  return <PasswordField label="Password" name="password" isNew={false} failure={failure} />;
}
