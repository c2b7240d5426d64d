/**
 * Changes that are not answered yet, kept in the browser: a page that is closed before the connection returns sends them
 * when one is opened again. To send one twice does no harm. Each page has a list of its own, and holds a lock as long as
 * it is open, so that no other takes what it is still sending. Signing out waits for them, and leaves none behind.
 */
import { type Change, renumbered } from './changes';

interface Entry {
  key: string;
  change: Change;
}

const PREFIX = 'changes of ';
const LAST_NUMBER = 'the number of the newest task';
const PAGE = crypto.randomUUID();

/** Answers the key by which it is dropped. */
export function keep(userId: string, change: Change): string {
  // A creation that is sent again takes the place of its first attempt.
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

/** What waits for a task that was made here goes by the number that the server has given it, also after a reload. */
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
    // the browser keeps nothing
  }
}

/** The number of a task that was saved while its page was being left; null for another temporary number. */
export function numberGiven(temporary: number): number | null {
  try {
    const [from, to] = JSON.parse(sessionStorage.getItem(LAST_NUMBER) ?? '[]') as [number?, number?];
    return from === temporary ? (to ?? null) : null;
  } catch {
    return null;
  }
}

/** This page's list is its own for as long as it is open. */
export function holdKept(userId: string): void {
  void navigator.locks.request(listOf(userId), () => new Promise(() => undefined));
}

/** Hands out what other pages have left, in the order in which it was made: of an open page when that is closed. */
export function takeKept(userId: string, send: (change: Change) => void): void {
  for (const list of listsOf(userId).filter((name) => name !== listOf(userId)))
    void navigator.locks.request(list, () => {
      const changes = read(list).map((entry) => entry.change);
      write(list, []);
      changes.forEach(send); // each is kept again as it is sent
    });
}

/** How many changes of the person wait in this browser, whatever page made them. */
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
    return []; // the browser keeps nothing
  }
}

function read(list: string): Entry[] {
  try {
    return JSON.parse(localStorage.getItem(list) ?? '[]') as Entry[];
  } catch {
    return [];
  }
}

/** Keeping is a net: a browser that is full or keeps nothing goes on without. */
function write(list: string, entries: Entry[]): void {
  try {
    if (entries.length === 0) localStorage.removeItem(list);
    else localStorage.setItem(list, JSON.stringify(entries));
  } catch {
    console.warn('changes are not kept: the storage of this browser is full or closed');
  }
}
