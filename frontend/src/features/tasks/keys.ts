import type { ListQuery } from './lists';

/** The changes that are being sent, or wait for it. */
export const SENDING = ['change'] as const;

/** Whether a list is a search: the server alone knows what it finds, so it is asked again when a task has changed. */
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
