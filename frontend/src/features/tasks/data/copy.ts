/**
 * The offline copy of the account: what the page shows when it is opened without a connection. It is encrypted
 * (`lib/sealed`) and filled by `copy-keeper`. Loaded on demand.
 */
import { onlineManager, type QueryClient } from '@tanstack/react-query';
import type { Settings } from '@/lib/account';
import { fold } from '@/lib/highlight';
import { keys } from '@/lib/query-keys';
import { read } from '@/lib/sealed';
import type { User } from '@/lib/auth/server';
import { belongs, compare, type ListQuery } from './lists';
import type { Task, TaskPage } from './model';
import type { Overview } from './overview';

/** Of the API's types: a page that expects other fields drops the copy. Set by `next.config.ts`. */
export const FORMAT = process.env.API_TYPES ?? '';

export interface Copy {
  user: User;
  settings: Settings;
  overview: Overview;
  tasks: Task[];
  /** When it last agreed with the server, in milliseconds. */
  savedAt: number;
}

let stored: Promise<Copy | null> | null = null;

/** Returns the copy, or null if there is none. It is read once for each time without a connection. */
export function storedCopy(): Promise<Copy | null> {
  return (stored ??= read(FORMAT).then((found) => found as Copy | null));
}

/** Returns what `find` finds in the copy of the user. Without a copy, throws `error`. */
export async function copied<T>(
  client: QueryClient,
  userId: string,
  error: unknown,
  find: (copy: Copy) => T | undefined,
): Promise<T> {
  const isFirst = stored === null;
  const copy = await storedCopy();
  if (isFirst) reloadOnline(client);
  const found = copy?.user.id === userId ? find(copy) : undefined;
  if (found === undefined) throw error;
  return found;
}

/** Reloads what may come from the copy once there is a connection. */
export function reloadOnline(client: QueryClient): void {
  const stop = onlineManager.subscribe((online) => {
    if (!online) return;
    stop();
    stored = null;
    void client.invalidateQueries({ queryKey: keys.tasks });
  });
}

/**
 * Returns a list of the copy as the API would, in one page. A search finds its words in titles, descriptions and tags.
 * The trash is not in the copy.
 */
export function copiedPage({ tasks, settings }: Copy, query: ListQuery): TaskPage | undefined {
  if (query.status === 'deleted') return undefined;
  const here = { now: new Date(), zone: settings.time_zone };
  const words = fold(query.q).split(/\s+/).filter(Boolean);
  const has = (text: string) => words.every((word) => fold(text).includes(word));
  const items = tasks
    .filter((task) => belongs(task, query, here) && has([task.title, task.description, ...task.tags].join('\n')))
    .sort((one, other) => Number(has(other.title)) - Number(has(one.title)) || compare(one, other, query.sort));
  return { items, total: items.length, next_cursor: null };
}
