/** Reads typed lines whose tasks are made already. */
import type { NewTask } from '@/features/tasks/model';
import { isPassing } from '@/lib/api/problem';
import { SignedOut } from '@/lib/auth/token';
import { parse } from './queries';
import { type Ambiguity, draftOf, type Typed, undecided } from './understood';

export interface Reading {
  task: NewTask;
  open: Ambiguity[];
}

const MOST_AGE_MS = 10 * 60_000;

/** The text alone when it has no other reading, or was typed so long ago that tomorrow is another day. */
export async function readLine(userId: string, { text, at, decisions }: Typed): Promise<Reading> {
  const plain = { task: { title: text }, open: [] };
  if (Date.now() - at > MOST_AGE_MS) return plain;
  try {
    const parsed = await parse(userId, text, decisions.literal, null);
    const task = draftOf(parsed, decisions);
    return task.title === '' ? plain : { task, open: undecided(parsed, decisions) };
  } catch (error) {
    if (isPassing(error) || error instanceof SignedOut) throw error;
    return plain;
  }
}
