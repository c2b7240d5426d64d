'use client';

import { useId, useRef, useState } from 'react';
import { FieldError } from '@/components/field-error';
import { useRemoved } from '@/components/typed';
import { isComposing } from '@/lib/key-targets';
import { tooLong } from '@/features/tasks/data/limits';
import type { Task } from '@/features/tasks/data/model';

interface Props {
  task: Task;
  /** `seen` is the task when editing began, so that changes made elsewhere since are not overwritten. */
  onDone: (seen: Task, title: string | null) => void;
}

/** Enter and blur save the title; Escape discards it. `title` is null if unchanged. One too long stays in the field. */
export function TitleEditor({ task, onDone }: Props) {
  const [seen] = useState(task);
  const [refused, setRefused] = useState<string | null>(null);
  const done = useRef(false);
  const typed = useRef(task.title);
  const note = useId();

  function finish(text: string | null): void {
    if (done.current) return;
    const next = text?.trim();
    const problem = next ? tooLong('Title', next) : null;
    setRefused(problem);
    if (problem) return;
    done.current = true;
    onDone(seen, next && next !== seen.title ? next : null);
  }

  useRemoved(() => {
    if (typed.current !== seen.title) finish(typed.current);
  });

  return (
    <div className="relative z-1 flex min-w-0 flex-1 flex-col">
      <input
        aria-label="Title"
        dir="auto"
        aria-describedby={note}
        aria-invalid={refused !== null}
        defaultValue={seen.title}
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          typed.current = event.target.value;
          setRefused(null);
        }}
        onBlur={(event) => finish(event.currentTarget.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (isComposing(event.nativeEvent)) return;
          if (event.key === 'Enter') finish(event.currentTarget.value);
          else if (event.key === 'Escape') finish(null);
          else return;
          event.preventDefault();
        }}
        className="h-8 min-w-0 rounded border border-field bg-ground px-2"
      />
      <FieldError id={note}>{refused}</FieldError>
    </div>
  );
}
