import { createParser } from 'eventsource-parser';
import { problemOf } from '@/lib/api/problem';
import { authorised } from '@/lib/auth/token';
import type { Ask, Calls, StreamEvent } from './protocol';

export function chatkitUrl(userId: string): string {
  return `${location.origin}/api/${encodeURIComponent(userId)}/chatkit`;
}

/** Throws a Problem for an error response, and a TypeError if there is no response. */
export async function call<K extends keyof Calls>(
  userId: string,
  type: K,
  params: Calls[K]['params'],
): Promise<Calls[K]['answer']> {
  return (await (await post(userId, { type, params })).json()) as Calls[K]['answer'];
}

/** Yields the events of a response as they arrive. Throws like `call`, also if the stream breaks. */
export async function* ask(userId: string, body: Ask, signal: AbortSignal): AsyncGenerator<StreamEvent> {
  const answer = await post(userId, body, signal);
  if (answer.body) yield* eventsOf(answer.body);
}

export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const events: StreamEvent[] = [];
  const parser = createParser({ onEvent: ({ data }) => void events.push(JSON.parse(data) as StreamEvent) });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.feed(decoder.decode(value, { stream: true }));
    yield* events.splice(0);
  }
}

async function post(userId: string, body: object, signal?: AbortSignal): Promise<Response> {
  const request = new Request(chatkitUrl(userId), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
  const answer = await authorised(request);
  if (answer.ok) return answer;
  throw problemOf(answer.status, await answer.json().catch(() => null));
}
