/** The part of ChatKit's protocol that the panel uses. ChatKit defines it; the OpenAPI documents do not contain it. */

export interface Thread {
  id: string;
  title?: string | null;
  created_at: string;
}

export interface Page<T> {
  data: T[];
  has_more: boolean;
  after?: string | null;
}

export interface Action {
  type: string;
  payload?: unknown;
}

/** A part of a card, of the kinds that `todo_backend.chat.widgets` creates. */
export interface Widget {
  type: string;
  children?: Widget[];
  value?: string;
  weight?: string;
  color?: unknown;
  label?: string;
  style?: string;
  onClickAction?: Action;
}

interface Part {
  text: string;
}

export type Item =
  | { type: 'user_message'; id: string; content: Part[] }
  | { type: 'assistant_message'; id: string; content: Part[] }
  | { type: 'widget'; id: string; widget: Widget };

type Update =
  | {
      type: 'assistant_message.content_part.added' | 'assistant_message.content_part.done';
      content_index: number;
      content: Part;
    }
  | { type: 'assistant_message.content_part.text_delta'; content_index: number; delta: string };

export type StreamEvent =
  | { type: 'thread.created' | 'thread.updated'; thread: Thread }
  | { type: 'thread.item.added' | 'thread.item.done' | 'thread.item.replaced'; item: Item }
  | { type: 'thread.item.updated'; item_id: string; update: Update }
  | { type: 'thread.item.removed'; item_id: string }
  | { type: 'progress_update'; text: string }
  | { type: 'notice'; message: string }
  | { type: 'error'; message?: string | null; allow_retry: boolean }
  | { type: 'stream_options' };

interface Input {
  content: { type: 'input_text'; text: string }[];
  attachments: never[];
  inference_options: object;
}

/** Requests whose response is a stream of events. */
export type Ask =
  | { type: 'threads.create'; params: { input: Input } }
  | { type: 'threads.add_user_message'; params: { thread_id: string; input: Input } }
  | { type: 'threads.retry_after_item'; params: { thread_id: string; item_id: string } }
  | { type: 'threads.custom_action'; params: { thread_id: string; item_id: string; action: Action } };

interface Paged {
  limit: number;
  after?: string;
}

/** Requests with a single JSON response, and the type of each response. */
export interface Calls {
  'threads.list': { params: Paged; answer: Page<Thread> };
  'threads.get_by_id': { params: { thread_id: string }; answer: Thread };
  'threads.update': { params: { thread_id: string; title: string }; answer: Thread };
  'threads.delete': { params: { thread_id: string }; answer: object };
  'items.list': { params: Paged & { thread_id: string; order: 'desc' }; answer: Page<Item> };
}

export function inputOf(text: string): Input {
  return { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
}
