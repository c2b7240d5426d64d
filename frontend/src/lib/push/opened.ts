/**
 * What a notification of the browser asks the page to open. The service worker sends it as a message to an open page,
 * or as parameters of the URL of a new one. No part of it is text to show: anybody can make a link.
 */

/** The buttons of a reminder, in the order of their use: a browser may show two only. */
export const ACTIONS = {
  done: { label: 'Done' },
  soon: { label: '10 minutes', snooze: { minutes: 10 } },
  tomorrow: { label: 'Tomorrow', snooze: { when: 'tomorrow 9am' } },
} as const;
export type Action = keyof typeof ACTIONS;

const REASONS = {
  offline: 'the server could not be reached. Try again here.',
  'signed-out': 'you were signed out. Try again here.',
  gone: 'the task is not there any more.',
  changed: 'the task was completed or changed since.',
  refused: 'the server did not accept it. Try again here.',
};
export type Reason = keyof typeof REASONS | 'other-account';

export interface Opened {
  userId: string;
  taskId: number | null;
  notificationId: string;
  /** What a button could not do; null after a click on the notification itself. */
  unsent: { action: Action; reason: Reason } | null;
}

/** Marks a message of the service worker. The page answers with `true` through the port if it is of the same user. */
export const OPEN = 'open-notification';
/** Names of the parameters of the URL. */
export const PARAMETERS = ['reminder', 'of', 'notification', 'unsent'] as const;

export function pathTo({ userId, taskId, notificationId, unsent }: Opened): string {
  const query = new URLSearchParams({ of: userId, notification: notificationId });
  if (taskId !== null) query.set('reminder', String(taskId));
  if (unsent) query.set('unsent', `${unsent.action}.${unsent.reason}`);
  return `/today?${query}`;
}

/** Returns what the parameters of the URL ask to open, or null. */
export function openedBy(query: URLSearchParams): Opened | null {
  const [userId, notificationId, task] = [query.get('of'), query.get('notification'), query.get('reminder') ?? ''];
  if (!userId || !notificationId) return null;
  const taskId = /^\d{1,10}$/.test(task) ? Number(task) : null;
  return { userId, notificationId, taskId, unsent: unsentOf(query.get('unsent') ?? '') };
}

function unsentOf(text: string): Opened['unsent'] {
  const [action, reason] = text.split('.');
  return isAction(action) && isReason(reason) ? { action, reason } : null;
}

export function isAction(text: string | undefined): text is Action {
  return text !== undefined && Object.hasOwn(ACTIONS, text);
}

function isReason(text: string | undefined): text is Reason {
  return text === 'other-account' || (text !== undefined && Object.hasOwn(REASONS, text));
}

export function explainUnsent({ action, reason }: NonNullable<Opened['unsent']>): string {
  const what = `“${ACTIONS[action].label}” was not saved`;
  return reason === 'other-account' ? `${what}. ${OTHER_ACCOUNT}` : `${what}: ${REASONS[reason]}`;
}

export const OTHER_ACCOUNT = 'The reminder is of another account than the one that is signed in.';

/** A later reminder of a task takes the place of the earlier one. */
export function tagOf(taskId: number | null, notificationId: string): string {
  return taskId === null ? notificationId : `task ${taskId}`;
}
