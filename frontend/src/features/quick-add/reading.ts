/** Reads typed lines whose tasks are made already. */
import type { NewTask } from '@/features/tasks/model';
import { isPassing, Problem } from '@/lib/api/problem';
import { SignedOut } from '@/lib/auth/token';
import { parse } from './queries';
import { type Ambiguity, draftOf, type Parsed, type Typed, undecided } from './understood';

export interface Reading {
  task: NewTask;
  open: Ambiguity[];
}

/** What the line means, or the text alone when it has no other reading. */
export async function readLine(userId: string, typed: Typed): Promise<Reading> {
  const plain = { task: { title: typed.text }, open: [] };
  try {
    const parsed = await parseLine(userId, typed);
    const task = draftOf(parsed, typed.decisions);
    return task.title === '' ? plain : { task, open: undecided(parsed, typed.decisions) };
  } catch (error) {
    if (isPassing(error) || error instanceof SignedOut) throw error;
    return plain;
  }
}

/** As of the moment at which it was typed; by the server's clock where this machine's is wrong. */
async function parseLine(userId: string, { text, at, decisions, locale }: Typed): Promise<Parsed> {
  const line = { text, literal: decisions.literal, locale };
  try {
    return await parse(userId, { ...line, now: new Date(at).toISOString() }, null);
  } catch (error) {
    if (error instanceof Problem && error.errors.some(({ field }) => field === 'now')) return parse(userId, line, null);
    throw error;
  }
}
