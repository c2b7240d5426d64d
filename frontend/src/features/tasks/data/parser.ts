/** Parses typed lines on the server, for quick-add's preview and for tasks that the page has already created. */
import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import { isPassing, Problem } from '@/lib/api/problem';
import { SignedOut } from '@/lib/auth/token';
import { tooMany } from './limits';
import type { NewTask } from './model';
import { type Ambiguity, draftOf, type Parsed, type Typed, undecided } from './understood';

/** A parse with the text that it is of: the text in the field may be another one by now. */
export type ParsedLine = Parsed & { text: string };

/** The server's parse of a text. It is cached for a minute: people often return to an earlier text while typing. */
export function parsing(userId: string, text: string, literal: string[], locale: string | undefined) {
  return queryOptions({
    queryKey: ['parse', text, literal, locale],
    queryFn: async ({ signal }): Promise<ParsedLine> => ({
      ...(await parse(userId, { text, literal, locale }, signal)),
      text,
    }),
    gcTime: 60_000,
    retry: 1,
  });
}

interface Line {
  text: string;
  literal: string[];
  locale: string | undefined;
  /** When the line was typed; the server's time if absent. */
  now?: string;
}

function parse(userId: string, { text, literal, ...rest }: Line, signal: AbortSignal | null): Promise<Parsed> {
  const params = { path: { user_id: userId } };
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return unwrap(api.POST('/api/{user_id}/tasks/parse', { params, body: { text, literal, ...said }, signal }));
}

/** Returns the parse of words that change a task. What they do not mention is kept. */
export function parseChange(userId: string, taskId: number, text: string): Promise<Parsed> {
  const params = { path: { user_id: userId } };
  return unwrap(api.POST('/api/{user_id}/tasks/parse', { params, body: { text, task_id: taskId, literal: [] } }));
}

export interface Reading {
  task: NewTask;
  open: Ambiguity[];
}

/**
 * Returns the task that a line describes, with its open ambiguities. The text becomes the title if the parse fails, has
 * no title, or has more than a task can have. Rethrows SignedOut and errors that a retry may solve.
 */
export async function readLine(userId: string, typed: Typed): Promise<Reading> {
  const plain = { task: { title: typed.text }, open: [] };
  try {
    const parsed = await parseLine(userId, typed);
    const task = draftOf(parsed, typed.decisions);
    const isRefused = task.title === '' || tooMany(task, 'reminders', 'tags') !== null;
    return isRefused ? plain : { task, open: undecided(parsed, typed.decisions) };
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
