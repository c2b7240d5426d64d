/** Query keys. They are shared because a change of a task makes the data of other features stale. */
export const keys = {
  tasks: ['tasks'] as const,
  lists: ['tasks', 'list'] as const,
  list: (query: object) => ['tasks', 'list', query] as const,
  task: (id: number) => ['tasks', 'one', id] as const,
  history: (id: number) => ['tasks', 'history', id] as const,
  preview: (request: object) => ['preview', request] as const,
  overview: ['overview'] as const,
  statistics: ['statistics'] as const,
  settings: ['settings'] as const,
  notifications: ['notifications'] as const,
  snoozes: ['notifications', 'snoozes'] as const, // stale when the notifications are: a snooze that was sent is over
  trail: ['trail'] as const,
};

/** Mutation key of the changes that are being sent or queued. */
export const SENDING = ['change'] as const;
