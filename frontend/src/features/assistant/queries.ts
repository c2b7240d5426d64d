import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { tellFailure } from '@/components/toasts';
import { api, unwrap } from '@/lib/api/client';
import { explain } from '@/lib/api/problem';
import { useUser } from '@/lib/user';
import { call } from './requests';
import { forgetTalk, talkOf } from './talks';

const PAGE = 20;
const LIST = ['conversations'];

/** What answers: the rules or a provider's model. */
export function useAssistant() {
  const { id } = useUser();
  return useQuery({
    queryKey: ['assistant'],
    queryFn: () => unwrap(api.GET('/api/{user_id}/chat', { params: { path: { user_id: id } } })),
  });
}

/** The most recently used conversation comes first. */
export function useConversations() {
  const { id } = useUser();
  return useInfiniteQuery({
    queryKey: LIST,
    queryFn: ({ pageParam }) =>
      call(id, 'threads.list', { limit: PAGE, ...(pageParam === null ? {} : { after: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.has_more ? page.after : null),
    staleTime: 0,
  });
}

export function useRename() {
  const { id } = useUser();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ threadId, title }: { threadId: string; title: string }) =>
      call(id, 'threads.update', { thread_id: threadId, title }),
    onSuccess: (_, { threadId, title }) => talkOf(threadId)?.rename(title),
    onError: (error) => tellFailure(`The conversation was not renamed. ${explain(error)}`),
    onSettled: () => client.invalidateQueries({ queryKey: LIST }),
  });
}

export function useDelete() {
  const { id } = useUser();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (threadId: string) => call(id, 'threads.delete', { thread_id: threadId }),
    onSuccess: (_, threadId) => forgetTalk(id, threadId),
    onError: (error) => tellFailure(`The conversation was not deleted. ${explain(error)}`),
    onSettled: () => client.invalidateQueries({ queryKey: LIST }),
  });
}
