/** A ChatKit server as the page sees it: what it was asked, and answers that a test gives piece by piece. */
import { vi } from 'vitest';
import type { Item, StreamEvent } from '@/features/assistant/protocol';

interface Asked {
  type: string;
  params: Record<string, unknown>;
}

/** An answer that is being given. */
export class Answer {
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  readonly body = new ReadableStream<Uint8Array>({ start: (controller) => void (this.controller = controller) });

  /** In two pieces, as the network may cut them. */
  say(...events: StreamEvent[]): void {
    const bytes = new TextEncoder().encode(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
    const middle = Math.floor(bytes.length / 2);
    this.controller?.enqueue(bytes.slice(0, middle));
    this.controller?.enqueue(bytes.slice(middle));
  }

  end(): void {
    this.controller?.close();
  }

  cut(): void {
    this.controller?.error(new TypeError('network error'));
  }
}

export interface ChatServer {
  asked: Asked[];
  /** Of the next request of that kind: data, a status with its detail, or an answer in pieces. */
  will: (type: string, answer: unknown) => void;
}

export class Refusal {
  constructor(
    readonly status: number,
    readonly detail: string,
  ) {}
}

/** No connection. */
export const AWAY = new TypeError('Failed to fetch');

export function chatServer(): ChatServer {
  const asked: Asked[] = [];
  const answers: { type: string; answer: unknown }[] = [];
  vi.stubGlobal('fetch', async (request: string | Request) => {
    if (typeof request === 'string') return Response.json({ token: `e30.${btoa('{"exp":9e9}')}.x` });
    if (request.url.endsWith('/chat')) return Response.json({ model: 'rules', kind: 'rules' });
    const body = (await request.json()) as Asked;
    asked.push(body);
    const at = answers.findIndex(({ type }) => type === body.type);
    const [found] = at < 0 ? [] : answers.splice(at, 1);
    return respond(found?.answer ?? new Refusal(500, `nothing was prepared for ${body.type}`), request.signal);
  });
  return { asked, will: (type, answer) => answers.push({ type, answer }) };
}

function respond(answer: unknown, signal: AbortSignal): Response {
  if (answer === AWAY) throw AWAY;
  if (answer instanceof Refusal) {
    const body = { code: 'refused', detail: answer.detail, status: answer.status };
    return Response.json(body, { status: answer.status });
  }
  if (!(answer instanceof Answer)) return Response.json(answer);
  signal.addEventListener('abort', () => answer.cut());
  return new Response(answer.body, { headers: { 'Content-Type': 'text/event-stream' } });
}

export function userMessage(id: string, text: string): Item {
  return { type: 'user_message', id, content: [{ text }] };
}

export function said(id: string, text: string): Item {
  return { type: 'assistant_message', id, content: [{ text }] };
}

/** A card like those of `todo_backend.chat.widgets`. */
export function card(id: string, lines: string[], ...buttons: string[]): Item {
  const texts = lines.map((value, at) => ({ type: 'Text', value, ...(at === 0 ? { weight: 'semibold' } : {}) }));
  const actions = buttons.map((label) => ({
    type: 'Button',
    label,
    onClickAction: { type: label.toLowerCase(), payload: { item: 'pending' } },
  }));
  return { type: 'widget', id, widget: { type: 'Card', children: [...texts, { type: 'Row', children: actions }] } };
}

export function thread(id: string, title: string | null = null) {
  return { id, title, created_at: '2026-03-10T11:00:00Z' };
}

/** The beginning of an answer to the first message. */
export function created(id: string, text: string): StreamEvent[] {
  return [
    { type: 'thread.created', thread: thread(id) },
    { type: 'thread.item.done', item: userMessage(`message of ${id}`, text) },
    { type: 'stream_options' },
  ];
}

export function done(item: Item): StreamEvent {
  return { type: 'thread.item.done', item };
}
