'use client';

import {
  MutationCache,
  notifyManager,
  onlineManager,
  QueryCache,
  QueryClient,
  QueryClientProvider,
} from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Toasts } from '@/components/toasts';
import { leave } from '@/features/account/session';
import { TasksProvider } from '@/features/tasks/data/provider';
import { isPassing } from '@/lib/api/problem';
import { SignedOut } from '@/lib/auth/token';
import type { User } from '@/lib/auth/server';
import { UserProvider } from '@/lib/user';

// A change is rendered before the next key, even of somebody who types fast: an editor goes on from what it shows.
notifyManager.setScheduler(queueMicrotask);

/** Queries never become stale by time: live events invalidate them. */
function makeClient(): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof SignedOut) leave();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: 30 * 60_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 3 && isPassing(error),
      },
    },
  });
}

interface Props {
  user: User;
  /** Fills the cache with what is known already. */
  fill?: (client: QueryClient) => void;
  children: ReactNode;
}

export function Providers({ user, fill, children }: Props) {
  const [client] = useState(() => {
    const made = makeClient();
    // By itself it believes in a connection until the browser says otherwise.
    if (typeof window !== 'undefined') onlineManager.setOnline(onlineManager.isOnline() && navigator.onLine);
    fill?.(made);
    return made;
  });
  return (
    <QueryClientProvider client={client}>
      <UserProvider user={user}>
        <TasksProvider>{children}</TasksProvider>
      </UserProvider>
      <Toasts />
    </QueryClientProvider>
  );
}
