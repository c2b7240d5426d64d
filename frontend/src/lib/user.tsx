'use client';

import { createContext, type ReactNode, use } from 'react';
import type { User } from '@/lib/auth/server';

const UserContext = createContext<User | null>(null);

export function UserProvider({ user, children }: { user: User; children: ReactNode }) {
  return <UserContext value={user}>{children}</UserContext>;
}

/** Returns the signed-in user. Every component below the suite's layout has one. */
export function useUser(): User {
  const user = use(UserContext);
  if (!user) throw new Error('useUser is for what is below UserProvider');
  return user;
}
