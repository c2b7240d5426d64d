import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import type { Parsed } from './understood';

/** What the server makes of the text; remembered for a minute, as people go back and forth. */
export function parsing(userId: string, text: string, literal: string[]) {
  return queryOptions({
    queryKey: ['parse', text, literal],
    queryFn: ({ signal }) => parse(userId, text, literal, signal),
    gcTime: 60_000,
    retry: 1,
  });
}

export function parse(userId: string, text: string, literal: string[], signal: AbortSignal | null): Promise<Parsed> {
  const params = { path: { user_id: userId } };
  return unwrap(api.POST('/api/{user_id}/tasks/parse', { params, body: { text, literal }, signal }));
}
