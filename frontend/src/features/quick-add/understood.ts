/** What was typed, as the server understood it, with what the person has said otherwise since. */
import type { Schemas } from '@/lib/api/client';
import type { NewTask } from '@/features/tasks/model';
import { newTags } from '@/features/tasks/tags';

export type Parsed = Schemas['Understood'];
export type Match = Parsed['matches'][number];
export type Ambiguity = Parsed['ambiguities'][number];
export type Fields = Partial<NewTask>;

/** What the task takes from the view unless its text says otherwise. */
export interface Defaults {
  due_date?: string;
  tags?: string[];
}

/** What the person has decided about the text in hand. */
export interface Decisions {
  /** Phrases that are words of the title and nothing else. */
  literal: string[];
  /** Of an ambiguity, by its text, the alternative that is meant. */
  chosen: Record<string, number>;
  /** Fields that were set by hand. */
  fields: Fields;
  defaults?: Defaults;
}

export const UNDECIDED: Decisions = { literal: [], chosen: {}, fields: {} };

/** A line that the server is still to understand, and what was decided about it. */
export interface Typed {
  text: string;
  at: number;
  decisions: Decisions;
  /** How dates were written where it was typed; without one, as the settings say. */
  locale?: string;
}

export function typedNow(text: string, decisions: Decisions, locale: string | undefined): Typed {
  return { text, at: Date.now(), decisions, ...(locale ? { locale } : {}) };
}

/** The task as it would be made. */
export function draftOf(parsed: Parsed, decisions: Decisions): NewTask {
  const fields: NewTask = { ...parsed.fields, title: parsed.title };
  for (const ambiguity of parsed.ambiguities) {
    const at = decisions.chosen[ambiguity.text];
    if (at !== undefined) Object.assign(fields, ambiguity.alternatives[at]?.fields);
  }
  Object.assign(fields, decisions.fields);
  const { due_date, tags } = defaultsTaken(fields, decisions);
  if (due_date !== undefined) fields.due_date = due_date;
  if (tags) fields.tags = [...(fields.tags ?? []), ...tags];
  return sent(fields);
}

/** What the person has not decided yet. */
export function undecided({ ambiguities }: Parsed, { chosen }: Decisions): Ambiguity[] {
  return ambiguities.filter(({ text }) => chosen[text] === undefined);
}

/** The defaults that hold beside these fields: a date that is named, or removed by hand, wins. */
function defaultsTaken(fields: Fields, { fields: byHand, defaults = {} }: Decisions): Defaults {
  const { due_date, tags } = defaults;
  const takesDate = due_date !== undefined && !fields.due_date && !('due_date' in byHand);
  const added = newTags(fields.tags ?? [], tags ?? []);
  return { ...(takesDate && { due_date }), ...(added.length > 0 && { tags: added }) };
}

/** The defaults that the task in hand takes, to be shown; before the text is understood all of them. */
export function shownDefaults(parsed: Parsed | null, decisions: Decisions): Defaults {
  if (!parsed) return decisions.defaults ?? {};
  const named = draftOf(parsed, { ...decisions, defaults: {} });
  return defaultsTaken(named, decisions);
}

/** Without what is taken back: the API has its defaults for that. */
function sent(fields: NewTask): NewTask {
  const kept = Object.entries(fields).filter(([name, value]) => value !== null || name === 'reminder_lead_time');
  const task = Object.fromEntries(kept) as NewTask;
  if (!task.due_date) {
    delete task.reminder_lead_time;
    delete task.recurrence_pattern;
  }
  if (!task.recurrence_pattern || task.recurrence_pattern === 'none') delete task.recurrence;
  return task;
}

/** One chip for each field, and one for each tag, however many spans say it. */
export function chipsOf(parsed: Parsed): Match[] {
  const chips = new Map<string, Match>();
  for (const match of parsed.matches) {
    const key = match.field === 'tags' ? `tags ${match.label}` : match.field;
    chips.set(key, chips.get(key) ?? match);
  }
  return [...chips.values()];
}

/** The spans that say a field, to be taken as words instead. */
export function phrasesOf(parsed: Parsed, chip: Match): string[] {
  const same = parsed.matches.filter(
    (match) => match.field === chip.field && (chip.field !== 'tags' || match.label === chip.label),
  );
  return same.map((match) => match.text);
}
