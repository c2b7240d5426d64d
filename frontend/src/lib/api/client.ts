import createClient from 'openapi-fetch';
import { authorised } from '@/lib/auth/token';
import type { paths as AuditPaths } from './generated/audit-service';
import type { paths as NotificationPaths } from './generated/notification-service';
import type { paths as RecurringPaths } from './generated/recurring-tasks-service';
import type { components, paths as TaskPaths } from './generated/task-api';
import { problemOf } from './problem';

type Paths = TaskPaths & AuditPaths & NotificationPaths & RecurringPaths;

export type Schemas = components['schemas'];

/** The task API, typed by the committed contracts, behind the page's own origin. */
export const api = createClient<Paths>({
  baseUrl: typeof window === 'undefined' ? 'http://localhost' : window.location.origin,
  fetch: authorised,
  querySerializer: { array: { style: 'form', explode: true } },
});

/** The data of an answer. Throws a Problem when it is no success. */
export async function unwrap<T>(request: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await request;
  if (!response.ok) throw problemOf(response.status, error);
  return data as T;
}
