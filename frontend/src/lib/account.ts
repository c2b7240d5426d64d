/** The account's settings. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@/lib/query-keys';
import { api, type Schemas, unwrap } from '@/lib/api/client';
import { useUser } from './user';

export type Settings = Schemas['UserSettings'];

export function useSettings() {
  const { id } = useUser();
  return useQuery({
    queryKey: keys.settings,
    queryFn: () => fetchSettings(id),
  });
}

export function useSaveSettings() {
  const { id } = useUser();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Settings) => saveSettings(id, body),
    onSuccess: async (saved) => {
      client.setQueryData(keys.settings, saved);
      await client.invalidateQueries({ queryKey: keys.tasks }); // a new time zone may change which day is today
    },
  });
}

/** Returns the user's time zone, or the browser's until the settings are loaded. */
export function useZone(): string {
  return useSettings().data?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function fetchSettings(userId: string): Promise<Settings> {
  return unwrap(api.GET('/api/{user_id}/settings', { params: { path: { user_id: userId } } }));
}

export function saveSettings(userId: string, body: Settings): Promise<Settings> {
  return unwrap(api.PUT('/api/{user_id}/settings', { params: { path: { user_id: userId } }, body }));
}
