import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import type { Parsed } from './understood';

/** The server's parse of a text. It is cached for a minute: people often return to an earlier text while typing. */
export function parsing(userId: string, text: string, literal: string[], locale: string | undefined) {
  return queryOptions({
    queryKey: ['parse', text, literal, locale],
    queryFn: ({ signal }) => parse(userId, { text, literal, locale }, signal),
    gcTime: 60_000,
    retry: 1,
  });
}

interface Line {
  text: string;
  literal: string[];
  locale: string | undefined;
  /** When the line was typed; the server's time if absent. */
  now?: string;
}

export function parse(userId: string, { text, literal, ...rest }: Line, signal: AbortSignal | null): Promise<Parsed> {
  const params = { path: { user_id: userId } };
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return unwrap(api.POST('/api/{user_id}/tasks/parse', { params, body: { text, literal, ...said }, signal }));
}
