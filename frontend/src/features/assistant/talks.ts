/** The conversations opened in this page, and the one that the panel shows. */
import { External } from '@/lib/external';
import type { Thread } from './protocol';
import { Talk } from './talk';

export const current = new External<Talk | null>(null);
const talks: Talk[] = [];

/** Opens the conversation that was last open in this browser, or a new one. */
export function openLast(userId: string): void {
  if (current.get()) return;
  const id = remembered(userId);
  if (id) openTalk(userId, { id, title: null });
  else newTalk(userId);
}

export function openTalk(userId: string, thread: Pick<Thread, 'id' | 'title'>): void {
  remember(userId, thread.id);
  const talk = talkOf(thread.id) ?? made(userId, thread);
  void talk.load();
  current.set(talk);
}

export function newTalk(userId: string): void {
  remember(userId, null);
  current.set(made(userId));
}

/** Stops and removes a deleted conversation. */
export function forgetTalk(userId: string, id: string): void {
  const talk = talkOf(id);
  if (!talk) return;
  talk.stop();
  talks.splice(talks.indexOf(talk), 1);
  if (current.get() === talk) newTalk(userId);
}

export function talkOf(id: string): Talk | undefined {
  return talks.find((talk) => talk.state.get().thread?.id === id);
}

function made(userId: string, thread: Pick<Thread, 'id' | 'title'> | null = null): Talk {
  const talk: Talk = new Talk(userId, thread, (id) => {
    if (current.get() === talk) remember(userId, id);
  });
  talks.push(talk);
  return talk;
}

function nameOf(userId: string): string {
  return `conversation of ${userId}`;
}

function remembered(userId: string): string | null {
  try {
    return localStorage.getItem(nameOf(userId));
  } catch {
    return null; // the browser blocks storage
  }
}

function remember(userId: string, id: string | null): void {
  try {
    if (id === null) localStorage.removeItem(nameOf(userId));
    else localStorage.setItem(nameOf(userId), id);
  } catch {
    // The browser blocks storage: the next page starts a new conversation.
  }
}
