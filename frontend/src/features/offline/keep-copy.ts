import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useUser } from '@/lib/user';

const REST_MS = 3000;

/** Keeps the account's tasks for reading offline, from when the page has been open for a moment. */
export function useKeptCopy(isConnected: () => boolean): void {
  const client = useQueryClient();
  const user = useUser();
  useEffect(() => {
    const timer = setTimeout(() => {
      import('@/features/tasks/data/copy-keeper')
        .then(({ keepCopy }) => keepCopy(client, user, isConnected))
        .catch((error: unknown) => console.warn('tasks are not kept for reading offline', error));
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [client, user, isConnected]);
}
