'use client';

import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useId, useState } from 'react';
import { Button } from '@/components/button';
import { Input } from '@/components/field';
import { FieldError } from '@/components/field-error';
import type { Fields, Task } from '@/features/tasks/data/model';
import { parseChange } from '@/features/tasks/data/parser';
import { saidChange } from '@/features/tasks/data/said-change';
import type { Ambiguity, Parsed } from '@/features/tasks/data/understood';
import { explain } from '@/lib/api/problem';
import { useUser } from '@/lib/user';

interface Props {
  task: Task;
  onChange: (fields: Fields) => void;
}

/** Changes date, repetition and reminders in words. What the words do not mention is kept. */
export function DateWords({ task, onChange }: Props) {
  const { id: userId } = useUser();
  const errorId = useId();
  const [text, setText] = useState('');
  const [answers, setAnswers] = useState<Ambiguity['alternatives']>([]);
  const parse = useMutation({ mutationFn: (words: string) => parseChange(userId, task.id, words) });
  const said = parse.data && saidChange(task, text, parse.data, answers);
  const type = (typed: string) => {
    setText(typed);
    setAnswers([]);
    parse.reset();
  };
  const take = (parsed: Parsed, given: Ambiguity['alternatives']) => {
    const found = saidChange(task, text, parsed, given);
    setAnswers(given);
    if (!('fields' in found)) return;
    onChange(found.fields);
    type('');
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const words = text.trim();
    if (words && !parse.isPending) parse.mutate(words, { onSuccess: (parsed) => take(parsed, []) });
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
        readOnly={parse.isPending}
        onChange={(event) => type(event.target.value)}
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
              onClick={() => take(parse.data, [...answers, choice])}
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
