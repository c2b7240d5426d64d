'use client';

import { useMutation } from '@tanstack/react-query';
import { type KeyboardEvent, type SubmitEvent, useId, useState } from 'react';
import { Button } from '@/components/button';
import { Input } from '@/components/field';
import { FieldError } from '@/components/field-error';
import type { Fields, Task } from '@/features/tasks/data/model';
import { parseChange } from '@/features/tasks/data/parser';
import { saidChange } from '@/features/tasks/data/said-change';
import type { Ambiguity, Parsed } from '@/features/tasks/data/understood';
import { explain } from '@/lib/api/problem';
import { isComposing } from '@/lib/key-targets';
import { useUser } from '@/lib/user';

interface Props {
  task: Task;
  /** Resolves to false if the change was cancelled: the words then stay. */
  onChange: (fields: Fields) => Promise<boolean>;
  onDone: () => void;
  /** Called for the arrow down, which goes on in the calendar. */
  onDown: () => void;
}

/** Words that are not applied yet, by task. They are restored when the editor is opened again. */
const drafts = new Map<number, string>();

/** Changes date, repetition and reminders in words. What the words do not mention is kept. */
export function DateWords({ task, onChange, onDone, onDown }: Props) {
  const { id: userId } = useUser();
  const errorId = useId();
  const [text, setText] = useState(drafts.get(task.id) ?? '');
  const [answers, setAnswers] = useState<Ambiguity['alternatives']>([]);
  const parse = useMutation({ mutationFn: (words: string) => parseChange(userId, task.id, words) });
  const said = parse.data && saidChange(task, text, parse.data, answers);
  const type = (typed: string) => {
    if (typed === '') drafts.delete(task.id);
    else drafts.set(task.id, typed);
    setText(typed);
    setAnswers([]);
    parse.reset();
  };
  const take = async (parsed: Parsed, given: Ambiguity['alternatives']) => {
    const found = saidChange(task, text, parsed, given);
    setAnswers(given);
    if (!('fields' in found) || !(await onChange(found.fields))) return;
    if (drafts.get(task.id) === text) type('');
    onDone();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const words = text.trim();
    // A promise, unlike a callback, is also settled if the editor was closed meanwhile. The error is `parse.error`.
    if (words && !parse.isPending)
      void parse.mutateAsync(words).then(
        (parsed) => take(parsed, []),
        () => undefined,
      );
  };
  const press = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Escape' && text !== '') type('');
    else if (event.key === 'ArrowDown') onDown();
    else return;
    event.preventDefault();
  };
  const error = parse.error ? explain(parse.error) : said && 'unclear' in said ? notUnderstood(said.unclear) : null;
  return (
    <form onSubmit={submit} className="flex flex-col gap-1">
      <Input
        aria-label="Date in words"
        placeholder="friday 9am, +2 days, every monday"
        autoComplete="off"
        maxLength={200}
        value={text}
        data-draft={text === '' ? undefined : ''}
        readOnly={parse.isPending}
        onChange={(event) => type(event.target.value)}
        onKeyDown={press}
        {...(error ? { 'aria-invalid': true, 'aria-describedby': errorId } : {})}
      />
      <FieldError id={errorId}>{error}</FieldError>
      {said && 'question' in said && (
        <fieldset className="flex flex-wrap gap-1">
          <legend className="mb-1 text-xs text-warning">{said.question.question}</legend>
          {said.choices.map((choice) => (
            <Button
              key={choice.label}
              type="button"
              size="small"
              onClick={() => void take(parse.data, [...answers, choice])}
            >
              {choice.label}
            </Button>
          ))}
        </fieldset>
      )}
    </form>
  );
}

function notUnderstood(words: string): string {
  return `“${words}” is not understood; say it like “friday 9am” or “+2 days”.`;
}
