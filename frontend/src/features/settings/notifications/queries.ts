import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { tell } from '@/components/toasts';
import { CHANNELS, type Channels, fetchChannels, sendTest } from '@/lib/push/channels';
import { useUser } from '@/lib/user';

export function useChannels() {
  const { id } = useUser();
  return useQuery({ queryKey: CHANNELS, queryFn: () => fetchChannels(id) });
}

/** A change of the channels, which answers with all of them. A failure is shown where the change was asked for. */
export function useChannelChange<T = void>(run: (userId: string, what: T) => Promise<Channels>, said: string) {
  const { id } = useUser();
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (what: T) => run(id, what),
    onSuccess: (channels) => {
      client.setQueryData(CHANNELS, channels);
      tell(said);
    },
    onError: () => client.invalidateQueries({ queryKey: CHANNELS }),
  });
}

/** Sends a test notification by e-mail, or to a device. */
export function useTest(deviceId: string | null, way: string) {
  const { id } = useUser();
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: () => sendTest(id, deviceId),
    onSuccess: () => tell(`A test is on its way ${way}`),
    onSettled: () => client.invalidateQueries({ queryKey: CHANNELS }),
  });
}
