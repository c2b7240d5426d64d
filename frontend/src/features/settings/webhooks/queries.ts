import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { tell, tellFailure } from '@/components/toasts';
import { api, unwrap } from '@/lib/api/client';
import type { components } from '@/lib/api/generated/notification-service';
import { explain } from '@/lib/api/problem';
import { authRequest } from '@/lib/auth/client';
import { useUser } from '@/lib/user';

type Schemas = components['schemas'];
export type Webhook = Schemas['WebhookOut'];
export type Message = Schemas['MessageOut'];
export type EventType = Schemas['WebhookIn']['events'][number];

const KEY = ['webhooks'];

export function useWebhooks() {
  const { id } = useUser();
  return useQuery({ queryKey: KEY, queryFn: () => unwrap(api.GET('/api/{user_id}/webhooks', of(id))) });
}

/** While a message waits, its next attempt may end it. */
export function useMessages(webhook: Webhook) {
  const { id } = useUser();
  return useQuery({
    queryKey: [...KEY, webhook.id],
    queryFn: () => unwrap(api.GET('/api/{user_id}/webhooks/{webhook_id}/messages', one(id, webhook))),
    refetchInterval: ({ state }) => (state.data?.items.some(({ state }) => state === 'waiting') ? 3000 : false),
  });
}

/** A request about webhooks. What was said is shown when it has succeeded, and a failure as a message. */
export function useWebhookChange<T>(
  run: (userId: string, what: T) => Promise<unknown>,
  said: string,
  onDone?: () => void,
) {
  const { id } = useUser();
  const client = useQueryClient();
  return useMutation({
    networkMode: 'always',
    mutationFn: (what: T) => run(id, what),
    onSuccess: () => {
      tell(said);
      onDone?.();
    },
    onError: (error) => tellFailure(explain(error)),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export interface NewWebhook {
  url: string;
  events: EventType[];
  tags: string[];
}

/** Returns the secret. The sign-in server has to state that the user wants the webhook. */
export async function addWebhook(userId: string, webhook: NewWebhook): Promise<string> {
  const { statement = '' } = await authRequest('webhook-statement', { url: webhook.url });
  const body = { ...webhook, statement };
  return (await unwrap(api.POST('/api/{user_id}/webhooks', { ...of(userId), body }))).secret;
}

export async function replaceSecret(userId: string, webhook: Webhook): Promise<string> {
  return (await unwrap(api.POST('/api/{user_id}/webhooks/{webhook_id}/secret', one(userId, webhook)))).secret;
}

export function deleteWebhook(userId: string, webhook: Webhook) {
  return unwrap(api.DELETE('/api/{user_id}/webhooks/{webhook_id}', one(userId, webhook)));
}

export function pauseWebhook(userId: string, webhook: Webhook) {
  return unwrap(api.PATCH('/api/{user_id}/webhooks/{webhook_id}', { ...one(userId, webhook), body: { paused: true } }));
}

export function resumeWebhook(userId: string, webhook: Webhook) {
  return unwrap(
    api.PATCH('/api/{user_id}/webhooks/{webhook_id}', { ...one(userId, webhook), body: { paused: false } }),
  );
}

export function testWebhook(userId: string, webhook: Webhook) {
  return unwrap(api.POST('/api/{user_id}/webhooks/{webhook_id}/test', one(userId, webhook)));
}

export function sendAgain(userId: string, { webhook, message }: { webhook: Webhook; message: Message }) {
  const path = { user_id: userId, webhook_id: webhook.id, message_id: message.id };
  return unwrap(api.POST('/api/{user_id}/webhooks/{webhook_id}/messages/{message_id}/send', { params: { path } }));
}

function of(userId: string) {
  return { params: { path: { user_id: userId } } };
}

function one(userId: string, { id }: Webhook) {
  return { params: { path: { user_id: userId, webhook_id: id } } };
}
