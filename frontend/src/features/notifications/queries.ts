import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@/lib/query-keys';
import { api, type Schemas, unwrap } from '@/lib/api/client';
import type { components } from '@/lib/api/generated/notification-service';
import { useUser } from '@/lib/user';

export type SnoozeTime = Partial<Schemas['Snooze']>;
export type PendingSnooze = Schemas['PendingSnooze'];
export type Notification = components['schemas']['NotificationOut'];

const PAGE = 30;

export function useNotifications() {
  const { id } = useUser();
  return useInfiniteQuery({
    queryKey: keys.notifications,
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) };
      return unwrap(api.GET('/api/{user_id}/notifications', { params: { path: { user_id: id }, query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** Marks one notification as read, or all if the id is null. */
export function useMarkRead() {
  const { id } = useUser();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (notificationId: string | null): Promise<unknown> => {
      if (notificationId === null)
        return unwrap(api.POST('/api/{user_id}/notifications/mark_all_read', { params: { path: { user_id: id } } }));
      const path = { user_id: id, notification_id: notificationId };
      return unwrap(api.PATCH('/api/{user_id}/notifications/{notification_id}/mark_read', { params: { path } }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.notifications }),
  });
}

/** Sends the reminder of a task again at a later time. */
export function useSnooze(taskId: number) {
  const { id } = useUser();
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always', // offline, it fails at once: sent an hour later, "10 minutes" would mean another time
    mutationFn: (time: SnoozeTime) => {
      const path = { user_id: id, task_id: taskId };
      return unwrap(api.POST('/api/{user_id}/tasks/{task_id}/snooze', { params: { path }, body: time }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.snoozes }),
  });
}

/** The reminders that are sent again, by time. */
export function useSnoozes() {
  const { id } = useUser();
  return useQuery({
    queryKey: keys.snoozes,
    queryFn: ({ signal }) => unwrap(api.GET('/api/{user_id}/snoozes', { params: { path: { user_id: id } }, signal })),
  });
}

/** Cancels the snooze of a task. */
/** `onCancelled` is called before the list is loaded without it: what shows the snooze then goes away. */
export function useCancelSnooze(onCancelled: () => void) {
  const { id } = useUser();
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (taskId: number) => {
      const path = { user_id: id, task_id: taskId };
      return unwrap(api.DELETE('/api/{user_id}/tasks/{task_id}/snooze', { params: { path } }));
    },
    onSuccess: onCancelled,
    onSettled: () => client.invalidateQueries({ queryKey: keys.snoozes }),
  });
}
