/**
 * Changes that are not answered yet, kept in the browser: a page that is closed before the connection returns sends them
 * when it is opened again. To send one twice does no harm. Signing out forgets them.
 */
import { type Change, idsOf } from './changes';

interface Entry {
  key: string;
  change: Change;
}

const PREFIX = 'changes of ';

/** Answers the key by which it is dropped. */
export function keep(userId: string, change: Change): string {
  const key = crypto.randomUUID();
  write(userId, [...read(userId), { key, change }]);
  return key;
}

export function drop(userId: string, key: string): void {
  write(
    userId,
    read(userId).filter((entry) => entry.key !== key),
  );
}

/** What waits for a task that was made here goes by the number that the server has given it. */
export function renumber(userId: string, from: number, to: number): void {
  const number = (id: number) => (id === from ? to : id);
  write(
    userId,
    read(userId).map(({ key, change }) => ({ key, change: renumbered(change, number) })),
  );
}

/** All of them, in the order in which they were made; they are not kept any more. */
export function takeKept(userId: string): Change[] {
  const changes = read(userId).map((entry) => entry.change);
  write(userId, []);
  return changes;
}

/** The lowest number that a task of theirs has: those that are not made yet have numbers below zero. */
export function lowestId(changes: readonly Change[]): number {
  return Math.min(0, ...changes.flatMap(idsOf));
}

export function forgetKept(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}

function renumbered(change: Change, number: (id: number) => number): Change {
  if (change.kind === 'create') return change;
  if (change.kind === 'act') return { ...change, ids: change.ids.map(number) };
  return { ...change, edits: change.edits.map((edit) => ({ ...edit, id: number(edit.id) })) };
}

function read(userId: string): Entry[] {
  return JSON.parse(localStorage.getItem(PREFIX + userId) ?? '[]') as Entry[];
}

function write(userId: string, entries: Entry[]): void {
  if (entries.length === 0) localStorage.removeItem(PREFIX + userId);
  else localStorage.setItem(PREFIX + userId, JSON.stringify(entries));
}
