/** Open ambiguities of typed lines. Tasks are created with the likeliest alternative, and the answer changes them. */
import { tell } from '@/components/toasts';
import { EDITABLE, type Fields, same, type Task } from './model';
import { External, useExternal } from '@/lib/external';
import { openTask } from '@/lib/location';
import { withReminders } from './reminders';
import type { Ambiguity } from './understood';

export interface Question {
  ambiguity: Ambiguity;
  /** The task as it was created. */
  about: Task;
}

const questions = new External<readonly Question[]>([]);

export function ask(task: Task, ambiguities: readonly Ambiguity[]): void {
  const [first] = ambiguities;
  if (!first) return;
  questions.set((open) => [...open, ...ambiguities.map((ambiguity) => ({ ambiguity, about: task }))]);
  const taken = first.alternatives[first.chosen]?.label ?? task.title;
  tell(`“${task.title}”: ${first.question} Taken for now: ${taken}.`, {
    label: 'Change',
    run: () => openTask(task.id),
  });
}

export function close(question: Question): void {
  questions.set((open) => open.filter((one) => one !== question));
}

/** Returns the first open question about a task, or null. A change of the fields that it is about closes a question. */
export function useQuestion(task: Task): Question | null {
  return useExternal(questions).find((question) => isOpen(question, task)) ?? null;
}

function isOpen({ ambiguity, about }: Question, task: Task): boolean {
  if (about.id !== task.id || task.status !== 'pending') return false;
  const names = Object.keys(ambiguity.alternatives[ambiguity.chosen]?.fields ?? {}) as (keyof Task)[];
  return names.every((name) => same(task[name], about[name]));
}

/** Returns the fields of a task that an alternative, or the words of a change, set. */
export function fieldsOf(alternative: Pick<Ambiguity['alternatives'][number], 'fields'>): Fields {
  const fields = withReminders(alternative.fields);
  const said = EDITABLE.filter((name) => name in fields && !(name === 'time_zone' && !fields.time_zone));
  return Object.fromEntries(said.map((name) => [name, fields[name as keyof typeof fields]]));
}
