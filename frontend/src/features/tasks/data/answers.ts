/** The answers to the questions of a line. Answers about the same field are joined: a day and a time, two reminders. */
import { isAllDay } from '@/lib/dates';
import { type Reminder, same } from './model';
import { withReminders } from './reminders';
import type { Ambiguity, Fields, Parsed } from './understood';

/** Returns the key of each ambiguity, which stays while the rest of the line changes. */
export function keysOf(ambiguities: readonly Ambiguity[]): string[] {
  const names = ambiguities.map(({ text, question }) => `${text} ${question}`);
  return names.map((name, at) => `${name} ${names.slice(0, at).filter((other) => other === name).length}`);
}

/** Returns the fields of a parse with the answers given so far. */
export function withAnswers({ title, fields, ambiguities }: Parsed, chosen: Record<string, number>): Fields {
  const keys = keysOf(ambiguities);
  let said: Fields = withReminders({ ...fields, title });
  for (const [at, { alternatives, chosen: likeliest }] of ambiguities.entries()) {
    const taken = alternatives[chosen[keys[at] ?? ''] ?? -1];
    const base = alternatives[likeliest];
    if (taken && base) said = joined(said, withReminders(base.fields), withReminders(taken.fields));
  }
  return said;
}

/** Applies an answer: the fields in which the chosen reading differs from the likeliest one (`base`). */
function joined(said: Fields, base: Fields, taken: Fields): Fields {
  const changed = (Object.keys(taken) as (keyof Fields)[]).filter((name) => !same(base[name], taken[name]));
  const plain = Object.fromEntries(changed.map((name) => [name, taken[name]])) as Fields;
  const isTwice = (name: keyof Fields) => changed.includes(name) && name in base && !same(said[name], base[name]);
  if (isTwice('due_date') && said.due_date && base.due_date && taken.due_date)
    plain.due_date = dateOf(said.due_date, base.due_date, taken.due_date);
  if (isTwice('reminders')) plain.reminders = remindersOf(said.reminders, base.reminders, taken.reminders);
  if (isTwice('title')) plain.title = titleOf(said.title ?? '', base.title ?? '', taken.title ?? '');
  return { ...said, ...plain };
}

/** The day is that of the answer about the day, the time that of the answer about the time. */
function dateOf(said: string, base: string, taken: string): string {
  const [of, was, is] = [said, base, taken].map((date) => [date.slice(0, 10), date.slice(10)] as const);
  if (!of || !was || !is || isAllDay(taken)) return taken;
  return (was[0] === is[0] ? of[0] : is[0]) + (was[1] === is[1] ? of[1] : is[1]);
}

function remindersOf(said: Reminder[] = [], base: Reminder[] = [], taken: Reminder[] = []): Reminder[] {
  if (said.length === base.length && base.length === taken.length)
    return taken.map((one, at) => (same(one, base[at]) ? (said[at] ?? one) : one));
  const has = (list: Reminder[], one: Reminder) => list.some((other) => same(one, other));
  return [...said.filter((one) => !has(base, one) || has(taken, one)), ...taken.filter((one) => !has(base, one))];
}

/** Keeps the words of both answers that turn words into title. */
function titleOf(said: string, base: string, taken: string): string {
  return taken.startsWith(base) ? said + taken.slice(base.length) : taken;
}
