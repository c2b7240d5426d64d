import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { tell } from '@/components/toasts';
import { type Channels, fetchChannels, sendTest } from '@/lib/push/channels';
import { keys } from '@/lib/query-keys';
import { useUser } from '@/lib/user';

const KEY = [...keys.notifications, 'channels'];

export function useChannels() {
  const { id } = useUser();
  return useQuery({ queryKey: KEY, queryFn: () => fetchChannels(id) });
}

/** A change of the channels, which answers with all of them. A failure is shown where the change was asked for. */
export function useChannelChange<T = void>(run: (userId: string, what: T) => Promise<Channels>, said: string) {
  const { id } = useUser();
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (what: T) => run(id, what),
    onSuccess: (channels) => {
      client.setQueryData(KEY, channels);
      tell(said);
    },
    onError: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** Sends a test notification to one channel. */
export function useTest(channel: string, name: string) {
  const { id } = useUser();
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: () => sendTest(id, channel),
    onSuccess: () => tell(`A test is on its way ${name}`),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
