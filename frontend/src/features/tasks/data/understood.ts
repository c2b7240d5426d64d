/** The server's parse of a typed line, combined with the user's corrections. */
import type { Schemas } from '@/lib/api/client';
import { keysOf, withAnswers } from './answers';
import type { NewTask } from './model';
import { newTags } from './tags';

export type Parsed = Schemas['Understood'];
export type Match = Parsed['matches'][number];
export type Ambiguity = Parsed['ambiguities'][number];
export type Fields = Partial<NewTask>;

/** Fields that the task takes from the view. A date in its text wins over the default date. */
export interface Defaults {
  due_date?: string;
  tags?: string[];
}

/** The user's corrections of the current text. */
export interface Decisions {
  /** Phrases that belong to the title and set no field. */
  literal: string[];
  /** Index of the chosen alternative, by the key of the ambiguity (`answers`). */
  chosen: Record<string, number>;
  /** Fields that were set by hand. */
  fields: Fields;
  defaults?: Defaults;
}

export const UNDECIDED: Decisions = { literal: [], chosen: {}, fields: {} };

/** A line that the server has not parsed yet, and the corrections of it. */
export interface Typed {
  text: string;
  at: number;
  decisions: Decisions;
  /** The locale of dates in the line; if absent, the one of the settings. */
  locale?: string;
}

export function typedNow(text: string, decisions: Decisions, locale: string | undefined): Typed {
  return { text, at: Date.now(), decisions, ...(locale ? { locale } : {}) };
}

/** Returns the task as it would be created. */
export function draftOf(parsed: Parsed, decisions: Decisions): NewTask {
  const fields: NewTask = { title: parsed.title, ...withAnswers(parsed, decisions.chosen), ...decisions.fields };
  const { due_date, tags } = defaultsTaken(fields, decisions);
  if (due_date !== undefined) fields.due_date = due_date;
  if (tags) fields.tags = [...(fields.tags ?? []), ...tags];
  return sent(fields);
}

/** Returns the ambiguities that the user has not answered yet. */
export function undecided({ ambiguities }: Parsed, { chosen }: Decisions): Ambiguity[] {
  const keys = keysOf(ambiguities);
  return ambiguities.filter((_, at) => chosen[keys[at] ?? ''] === undefined);
}

/** Returns the defaults to add to these fields. A date in the text, or one set or removed by hand, wins. */
function defaultsTaken(fields: Fields, { fields: byHand, defaults = {} }: Decisions): Defaults {
  const { due_date, tags } = defaults;
  const takesDate = due_date !== undefined && !fields.due_date && !('due_date' in byHand);
  const added = newTags(fields.tags ?? [], tags ?? []);
  return { ...(takesDate && { due_date }), ...(added.length > 0 && { tags: added }) };
}

/** Returns the defaults to show for the current text: all of them until it is parsed. */
export function shownDefaults(parsed: Parsed | null, decisions: Decisions): Defaults {
  if (!parsed) return decisions.defaults ?? {};
  const named = draftOf(parsed, { ...decisions, defaults: {} });
  return defaultsTaken(named, decisions);
}

/** Removes null fields (the API applies its defaults) and fields that need a due date or a rule that is missing. */
function sent(fields: NewTask): NewTask {
  const kept = Object.entries(fields).filter(([, value]) => value !== null);
  const task = Object.fromEntries(kept) as NewTask;
  if (!task.due_date) {
    delete task.reminders;
    delete task.recurrence_pattern;
  }
  if (!task.recurrence_pattern || task.recurrence_pattern === 'none') delete task.recurrence;
  return task;
}

/** Returns one chip per field and one per tag, even if several phrases set it. */
export function chipsOf(parsed: Parsed): Match[] {
  const chips = new Map<string, Match>();
  for (const match of parsed.matches) {
    const key = match.field === 'tags' ? `tags ${match.label}` : match.field;
    chips.set(key, chips.get(key) ?? match);
  }
  return [...chips.values()];
}

/** Returns the phrases that set the field of a chip. */
export function phrasesOf(parsed: Parsed, chip: Match): string[] {
  const same = parsed.matches.filter(
    (match) => match.field === chip.field && (chip.field !== 'tags' || match.label === chip.label),
  );
  return same.map((match) => match.text);
}
