/** Parses typed lines whose tasks are already created in the page. */
import type { NewTask } from './model';
import { isPassing, Problem } from '@/lib/api/problem';
import { SignedOut } from '@/lib/auth/token';
import { parse } from './parsing';
import { type Ambiguity, draftOf, type Parsed, type Typed, undecided } from './understood';

export interface Reading {
  task: NewTask;
  open: Ambiguity[];
}

/**
 * Returns the task that a line describes, with its open ambiguities. The text becomes the title if the parse has no
 * title or fails. Rethrows SignedOut and errors that a retry may solve.
 */
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

/** Parses a line relative to the time when it was typed. If the server rejects that time, uses the server's clock. */
async function parseLine(userId: string, { text, at, decisions, locale }: Typed): Promise<Parsed> {
  const line = { text, literal: decisions.literal, locale };
  try {
    return await parse(userId, { ...line, now: new Date(at).toISOString() }, null);
  } catch (error) {
    if (error instanceof Problem && error.errors.some(({ field }) => field === 'now')) return parse(userId, line, null);
    throw error;
  }
}
