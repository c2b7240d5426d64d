import type { EventType, Message } from './queries';

export const EVENTS: readonly (readonly [EventType, string])[] = [
  ['task.created', 'A task is created'],
  ['task.updated', 'A task is changed'],
  ['task.completed', 'A task is completed'],
  ['task.reopened', 'A task is reopened'],
  ['task.deleted', 'A task is moved to the trash'],
  ['task.restored', 'A task is restored from the trash'],
  ['task.purged', 'A task is deleted for good'],
  ['reminder.due', 'A reminder is due'],
];

const STATES: Record<Message['state'], string> = {
  waiting: 'Waiting',
  sent: 'Sent',
  failed: 'Failed',
  dropped: 'Not sent',
};

/** How a message fared, such as “Waiting: the receiver answered 500. Next attempt at 9:05”. */
export function stateOf({ state, status, reason, due_at }: Message): string {
  if (state === 'sent') return status === null ? STATES.sent : `${STATES.sent}: the receiver answered ${status}`;
  const next = state === 'waiting' && reason ? `. Next attempt: ${instant(due_at)}` : '';
  return reason ? `${STATES[state]}: ${reason}${next}` : STATES[state];
}

export function instant(text: string): string {
  return new Date(text).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** What is sent, such as “All events of tasks with home”. */
export function contentOf(events: readonly string[], tags: readonly string[]): string {
  const named = events.length === EVENTS.length ? 'All events' : events.join(', ');
  return tags.length > 0 ? `${named}, of tasks with ${tags.map((tag) => `#${tag}`).join(' or ')}` : named;
}
