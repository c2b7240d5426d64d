/** Words that change a task, as the server parsed them, with the answers to their questions. */
import type { Fields, Task } from './model';
import { fieldsOf } from './questions';
import { newTags } from './tags';
import type { Ambiguity, Parsed } from './understood';

/** The fields to change, a question that comes first, or the words that are no change. */
export type Said =
  { fields: Fields } | { question: Ambiguity; choices: Ambiguity['alternatives'] } | { unclear: string };

/** `answers` are the chosen alternatives of the first questions. */
export function saidChange(task: Task, text: string, parsed: Parsed, answers: readonly Alternative[]): Said {
  const question = parsed.ambiguities[answers.length];
  if (question) {
    // As words of a title they would change nothing.
    const choices = question.alternatives.filter(({ fields }) => !fields.title);
    return choices.length > 0 ? { question, choices } : { unclear: text };
  }
  const said = answers.reduce<Alternative['fields']>((all, { fields }) => ({ ...all, ...fields }), parsed.fields);
  const { title = parsed.title, ...fields } = fieldsOf({ fields: said });
  if (fields.tags) fields.tags = [...task.tags, ...newTags(task.tags, fields.tags)];
  return title !== '' || Object.keys(fields).length === 0 ? { unclear: title || text } : { fields };
}

type Alternative = Ambiguity['alternatives'][number];
