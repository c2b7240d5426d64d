import {
  keepPreviousData,
  onlineManager,
  type QueryClient,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import { useUser } from '@/lib/user';
import { keys } from '@/lib/query-keys';
import type { Copy } from './copy';
import type { ListQuery } from './lists';
import type { TaskPage } from './model';
import { useTasks } from './provider';
import { fetchTask } from './send';

const PAGE = 100;
/** A calendar reads all pages of its month. */
const LARGE_PAGE = 200;

export function useTaskList(query: ListQuery) {
  const { id } = useUser();
  const { store } = useTasks();
  const client = useQueryClient();
  return useInfiniteQuery({
    queryKey: keys.list(query),
    queryFn: async ({ pageParam, signal }) => {
      const page = await orCopied(client, id, fetchPage(id, query, pageParam, signal), (copy, { copiedPage }) =>
        pageParam === null ? copiedPage(copy, query) : undefined,
      );
      const items = store.overlaidAll(page.items, query);
      return { ...page, items, total: page.total - (page.items.length - items.length) };
    },
    networkMode: 'offlineFirst',
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // While the user types, the previous results stay until the next ones arrive.
    ...(query.q === '' ? {} : { placeholderData: keepPreviousData }),
  });
}

export function useTask(taskId: number) {
  const { id } = useUser();
  const { store } = useTasks();
  const client = useQueryClient();
  const number = store.numberOf(taskId);
  return useQuery({
    queryKey: keys.task(number),
    queryFn: () => orCopied(client, id, fetchTask(id, number), ({ tasks }) => tasks.find((task) => task.id === number)),
    networkMode: 'offlineFirst',
    enabled: number > 0,
    // Tasks in lists are kept up to date, and a task in the trash is available from lists only.
    initialData: () => store.shown(number),
  });
}

export function useOverview() {
  const { id } = useUser();
  const { store } = useTasks();
  return useQuery({
    queryKey: keys.overview,
    queryFn: async () =>
      store.recountAll(await unwrap(api.GET('/api/{user_id}/overview', { params: { path: { user_id: id } } }))),
  });
}

/** Returns what the server answers; without a connection, what `find` finds in the offline copy. */
async function orCopied<T>(
  client: QueryClient,
  userId: string,
  answer: Promise<T>,
  find: (copy: Copy, module: typeof import('./copy')) => T | undefined,
): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (onlineManager.isOnline() || !(error instanceof TypeError)) throw error;
    const module = await import('./copy');
    return module.copied(client, userId, error, (copy) => find(copy, module));
  }
}

function fetchPage(userId: string, list: ListQuery, cursor: string | null, signal: AbortSignal): Promise<TaskPage> {
  const { status, sort, priority, tags, due, q } = list;
  const path = { user_id: userId };
  const days = due ? { due_after: due.from, due_before: due.to, limit: LARGE_PAGE } : { limit: PAGE };
  const query = { status, priority, tags, ...days, ...(cursor === null ? {} : { cursor }) };
  if (q !== '')
    return unwrap(api.GET('/api/{user_id}/tasks/search', { params: { path, query: { ...query, q } }, signal }));
  return unwrap(api.GET('/api/{user_id}/tasks', { params: { path, query: { ...query, sort } }, signal }));
}
