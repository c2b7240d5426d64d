/**
 * Unanswered changes, stored in the browser. If a page closes before it could send them, the next page does. Sending a
 * change twice is harmless. Each page has its own list and holds a Web Lock on it while it is open, so that no other
 * page takes changes that are still being sent. Signing out waits for all changes and deletes the lists.
 */
import { type Change, renumbered } from './changes';

interface Entry {
  key: string;
  change: Change;
}

const PREFIX = 'changes of ';
const LAST_NUMBER = 'the number of the newest task';
const PAGE = crypto.randomUUID();

/** Stores a change and returns its key for `drop`. */
export function keep(userId: string, change: Change): string {
  // A repeated creation replaces its first attempt.
  const key = change.kind === 'create' ? change.key : crypto.randomUUID();
  const others = read(listOf(userId)).filter((entry) => entry.key !== key);
  write(listOf(userId), [...others, { key, change }]);
  return key;
}

export function drop(userId: string, key: string): void {
  const list = listOf(userId);
  write(
    list,
    read(list).filter((entry) => entry.key !== key),
  );
}

/** Replaces a temporary number by the server number in the stored changes, and saves the pair for a reload. */
export function renumber(userId: string, from: number, to: number): void {
  keepNumber(from, to);
  const list = listOf(userId);
  const number = (id: number) => (id === from ? to : id);
  write(
    list,
    read(list).map(({ key, change }) => ({ key, change: renumbered(change, number) })),
  );
}

function keepNumber(from: number, to: number): void {
  try {
    sessionStorage.setItem(LAST_NUMBER, JSON.stringify([from, to]));
  } catch {
    // the browser has no storage
  }
}

/** Returns the server number if `temporary` was the last one renumbered in this tab, otherwise null. */
export function numberGiven(temporary: number): number | null {
  try {
    const [from, to] = JSON.parse(sessionStorage.getItem(LAST_NUMBER) ?? '[]') as [number?, number?];
    return from === temporary ? (to ?? null) : null;
  } catch {
    return null;
  }
}

/** Locks this page's list until the page closes. */
export function holdKept(userId: string): void {
  void navigator.locks.request(listOf(userId), () => new Promise(() => undefined));
}

/** Calls `send` with the changes of other pages, in order; for a page that is still open, once it closes. */
export function takeKept(userId: string, send: (change: Change) => void): void {
  for (const list of listsOf(userId).filter((name) => name !== listOf(userId)))
    void navigator.locks.request(list, () => {
      const changes = read(list).map((entry) => entry.change);
      write(list, []);
      changes.forEach(send); // `send` stores each change again
    });
}

/** Returns the number of stored changes of the user, of all pages in this browser. */
export function countKept(userId: string): number {
  return listsOf(userId).reduce((sum, list) => sum + read(list).length, 0);
}

export function forgetKept(userId: string): void {
  for (const list of listsOf(userId)) write(list, []);
}

function listOf(userId: string): string {
  return `${PREFIX}${userId} ${PAGE}`;
}

function listsOf(userId: string): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX}${userId} `));
  } catch {
    return []; // the browser has no storage
  }
}

function read(list: string): Entry[] {
  try {
    return JSON.parse(localStorage.getItem(list) ?? '[]') as Entry[];
  } catch {
    return [];
  }
}

/** Best effort: the page also works if the storage is full or disabled. */
function write(list: string, entries: Entry[]): void {
  try {
    if (entries.length === 0) localStorage.removeItem(list);
    else localStorage.setItem(list, JSON.stringify(entries));
  } catch {
    console.warn('changes are not kept: the storage of this browser is full or closed');
  }
}
