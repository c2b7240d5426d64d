import createClient from 'openapi-fetch';
import { authorised } from '@/lib/auth/token';
import type { paths as AuditPaths } from './generated/audit-service';
import type { paths as NotificationPaths } from './generated/notification-service';
import type { paths as RecurringPaths } from './generated/recurring-tasks-service';
import type { components, paths as TaskPaths } from './generated/task-api';
import { problemOf } from './problem';

type Paths = TaskPaths & AuditPaths & NotificationPaths & RecurringPaths;

export type Schemas = components['schemas'];

/** Client of the task API, typed by the committed contracts. Requests go to the page's own origin. */
export const api = createClient<Paths>({
  baseUrl: typeof window === 'undefined' ? 'http://localhost' : window.location.origin,
  fetch: authorised,
  querySerializer: { array: { style: 'form', explode: true } },
});

/** Returns the data of a response. Throws a Problem if the status is not a success. */
export async function unwrap<T>(request: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await request;
  if (!response.ok) throw problemOf(response.status, error);
  return data as T;
}
