import type { ListQuery } from './lists';

/** Mutation key of the changes that are being sent or queued. */
export const SENDING = ['change'] as const;

/** Returns whether a list is a search. Only the server can match a search, so it is reloaded when a task changes. */
export function isSearch(key: readonly unknown[]): boolean {
  return ((key[2] as Partial<ListQuery> | undefined)?.q ?? '') !== '';
}

export const keys = {
  tasks: ['tasks'] as const,
  lists: ['tasks', 'list'] as const,
  list: (query: ListQuery) => ['tasks', 'list', query] as const,
  task: (id: number) => ['tasks', 'one', id] as const,
  history: (id: number) => ['tasks', 'history', id] as const,
  preview: (request: object) => ['preview', request] as const,
  overview: ['overview'] as const,
  statistics: ['statistics'] as const,
  settings: ['settings'] as const,
  notifications: ['notifications'] as const,
  trail: ['trail'] as const,
};
