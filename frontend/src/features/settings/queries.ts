import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@/features/tasks/keys';
import { api, type Schemas, unwrap } from '@/lib/api/client';
import { useUser } from '@/lib/user';

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

export function fetchSettings(userId: string): Promise<Settings> {
  return unwrap(api.GET('/api/{user_id}/settings', { params: { path: { user_id: userId } } }));
}

export function saveSettings(userId: string, body: Settings): Promise<Settings> {
  return unwrap(api.PUT('/api/{user_id}/settings', { params: { path: { user_id: userId } }, body }));
}
