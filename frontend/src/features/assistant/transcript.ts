/** The items of a conversation, and how events change them. */
import type { Item, StreamEvent } from './protocol';

/** The id of a message that the server has not confirmed yet. */
export const SENDING = 'sending';

export function messageOf(text: string): Item {
  return { type: 'user_message', id: SENDING, content: [{ text }] };
}

export function textOf(item: Item): string {
  return item.type === 'widget' ? '' : item.content.map((part) => part.text).join('');
}

export function lastMessage(items: readonly Item[]): Item | undefined {
  return items.findLast((item) => item.type === 'user_message');
}

const SHOWN = ['user_message', 'assistant_message', 'widget'];

/** ChatKit has more kinds of items than the panel shows. */
export function isShown(item: Item): boolean {
  return SHOWN.includes(item.type);
}

export function applied(items: readonly Item[], event: StreamEvent): readonly Item[] {
  switch (event.type) {
    case 'thread.item.added':
    case 'thread.item.done':
    case 'thread.item.replaced':
      return isShown(event.item) ? put(items, event.item) : items;
    case 'thread.item.removed':
      return items.filter((item) => item.id !== event.item_id);
    case 'thread.item.updated':
      return items.map((item) => (item.id === event.item_id ? updated(item, event.update) : item));
    default:
      return items;
  }
}

function put(items: readonly Item[], item: Item): readonly Item[] {
  const stands = (one: Item) => one.id === item.id || (item.type === 'user_message' && one.id === SENDING);
  return items.some(stands) ? items.map((one) => (stands(one) ? item : one)) : [...items, item];
}

function updated(item: Item, update: Extract<StreamEvent, { type: 'thread.item.updated' }>['update']): Item {
  if (item.type !== 'assistant_message') return item;
  const content = [...item.content];
  const known = content[update.content_index]?.text ?? '';
  switch (update.type) {
    case 'assistant_message.content_part.text_delta':
      content[update.content_index] = { text: known + update.delta };
      break;
    case 'assistant_message.content_part.added':
    case 'assistant_message.content_part.done':
      content[update.content_index] = update.content;
  }
  return { ...item, content };
}

/** Detects whether an answer is complete: the protocol has no event for it, and a stream may be cut off anywhere. */
export class Ending {
  private readonly begun = new Set<string>();
  private told = false;

  hear(event: StreamEvent): void {
    switch (event.type) {
      case 'thread.item.added':
        this.begun.add(event.item.id);
        break;
      case 'thread.item.done':
      case 'thread.item.replaced':
        this.begun.delete(event.item.id);
        this.told ||= event.item.type !== 'user_message';
        break;
      case 'notice':
      case 'error':
        this.begun.clear();
        this.told = true;
    }
  }

  get reached(): boolean {
    return this.told && this.begun.size === 0;
  }
}
