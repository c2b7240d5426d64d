'use client';

import { type Query, type QueryClient, type QueryFilters, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { announce } from '@/features/notifications/announce';
import { Reminding } from '@/features/notifications/reminding';
import { leave } from '@/features/account/session';
import { keys } from '@/lib/query-keys';
import { isSearch } from '@/features/tasks/data/lists';
import { useTasks } from '@/features/tasks/data/provider';
import { fetchTask } from '@/features/tasks/data/send';
import type { TaskStore } from '@/features/tasks/data/store';
import { Problem } from '@/lib/api/problem';
import { useUser } from '@/lib/user';
import { connected } from './connected';
import { follow } from './stream';

const PATIENCE_MS = 3000;
const MOST_SINGLY = 20;
const GATHER_MS = 50;
const AGAIN_MS = 2000;
/** The audit trail consumes the same change on its own, maybe later than this page. */
const TRAIL_MS = 1000;

interface TaskNews {
  task_id: number;
  payload: { version: number; status: string };
}

/** Keeps the shown data in sync with the server, and shows what comes from it. */
export function Live() {
  const client = useQueryClient();
  const { id } = useUser();
  const { store } = useTasks();
  useEffect(() => {
    const news = new Map<number, TaskNews>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lost: ReturnType<typeof setTimeout> | undefined;

    function soon(delay: number): void {
      clearTimeout(timer);
      timer = setTimeout(() => void catchUp(), delay);
    }

    async function catchUp(): Promise<void> {
      const fresh = [...news.values()];
      news.clear();
      const changed = fresh.filter((one) => !isKnown(store, one));
      try {
        if (changed.length > MOST_SINGLY) await client.invalidateQueries({ queryKey: keys.lists });
        else await Promise.all(changed.map((one) => refresh(client, store, id, one.task_id)));
        if (changed.length > 0)
          void client.invalidateQueries({ queryKey: keys.lists, predicate: (query) => isSearch(query.queryKey) });
      } catch (error) {
        console.warn('a change from elsewhere could not be loaded; it is tried again', error);
        for (const one of changed) if (!news.has(one.task_id)) news.set(one.task_id, one);
        soon(AGAIN_MS);
      }
      void client.invalidateQueries({ queryKey: keys.overview });
      showInTrail(client, fresh);
      setTimeout(() => showInTrail(client, fresh), TRAIL_MS);
    }

    const stop = follow(id, {
      connected: (now) => {
        clearTimeout(lost);
        if (now) connected.set(true);
        else lost = setTimeout(() => connected.set(false), PATIENCE_MS); // every few minutes it reconnects by itself
      },
      signedOut: leave,
      started: () => {
        for (const queryKey of [keys.lists, keys.overview, keys.notifications]) void loadAnew(client, { queryKey });
      },
      reset: () => void loadAnew(client),
      event: (type, data) => {
        if (type === 'TaskChanged') {
          const one = data as unknown as TaskNews;
          news.set(one.task_id, one);
          soon(GATHER_MS);
        } else if (type === 'TagColorChanged') {
          void client.invalidateQueries({ queryKey: keys.overview });
        } else {
          void client.invalidateQueries({ queryKey: keys.notifications });
          if (type === 'NotificationCreated') void announce(id, data);
        }
      },
    });
    return () => {
      clearTimeout(timer);
      clearTimeout(lost);
      stop();
    };
  }, [client, id, store]);
  return <Reminding />;
}

function isKnown(store: TaskStore, { task_id, payload }: TaskNews): boolean {
  return (store.known(task_id)?.version ?? 0) >= payload.version;
}

async function refresh(client: QueryClient, store: TaskStore, userId: string, taskId: number): Promise<void> {
  try {
    store.receive(await fetchTask(userId, taskId));
  } catch (error) {
    if (!(error instanceof Problem && error.status === 404)) throw error;
    const known = store.known(taskId);
    if (known) store.receive({ ...known, status: 'deleted', deleted_at: new Date().toISOString() });
    await client.invalidateQueries({ queryKey: keys.lists, predicate: (query) => isTrash(query.queryKey) });
  }
}

function isTrash(key: readonly unknown[]): boolean {
  return (key[2] as { status?: string } | undefined)?.status === 'deleted';
}

function showInTrail(client: QueryClient, news: readonly TaskNews[]): void {
  for (const { task_id } of news) void client.invalidateQueries({ queryKey: keys.history(task_id) });
  void client.invalidateQueries({ queryKey: keys.trail });
}

/** Reloads queries. One that loads for the first time may have been read too early: it completes, then is reloaded. */
async function loadAnew(client: QueryClient, filters: QueryFilters = {}): Promise<void> {
  const early = client.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching', predicate: isNew });
  await client.invalidateQueries(filters);
  await Promise.all(early.map(({ queryKey }) => client.invalidateQueries({ queryKey, exact: true })));
}

function isNew(query: Query): boolean {
  return query.state.status === 'pending';
}
