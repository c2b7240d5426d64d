'use client';

import { useId, useState } from 'react';
import { FieldError } from '@/components/field-error';
import { classes } from '@/lib/classes';
import { isComposing } from '@/lib/key-targets';
import { tooLong } from '@/features/tasks/data/limits';
import type { Fields, Task } from '@/features/tasks/data/model';

interface Props {
  label: 'Title' | 'Description';
  task: Task;
  rows: number;
  className?: string;
  /** `seen` is the task when editing began, so that changes made elsewhere since are not overwritten. */
  onSave: (seen: Task, fields: Fields) => void;
}

interface Draft {
  text: string;
  seen: Task;
}

/** Texts that could not be saved, by task and field. They are restored when the task is opened again. */
const unsaved = new Map<string, Draft>();

/** A text field that saves on blur. Enter saves the title, Ctrl+Enter the description, Escape discards the draft. */
export function TextDraft({ label, task, rows, className, onSave }: Props) {
  const isLine = label === 'Title';
  const field = isLine ? 'title' : 'description';
  const key = `${task.id} ${field}`;
  const [draft, setDraft] = useState(unsaved.get(key) ?? null);
  const [refused, setRefused] = useState(draft && tooLong(label, draft.text));
  const note = useId();

  function forget(): void {
    unsaved.delete(key);
    setRefused(null);
    setDraft(null);
  }

  const isChanged = draft !== null && draft.text !== draft.seen[field];

  /** With `stays` the draft continues from the saved text: the next key may come before `task` is updated. */
  function save({ stays = false } = {}): void {
    if (!draft) return;
    const text = isLine ? draft.text.trim() : draft.text;
    const problem = tooLong(label, text);
    if (problem) {
      unsaved.set(key, draft);
      setRefused(problem);
      return;
    }
    if (text !== draft.seen[field] && !(isLine && text === '')) onSave(draft.seen, { [field]: text });
    const isMissing = isLine && text === '';
    forget();
    if (stays && !isMissing) setDraft({ text, seen: { ...draft.seen, [field]: text } });
  }

  return (
    <div className="flex w-full flex-col">
      <textarea
        aria-label={label}
        dir="auto"
        aria-describedby={note}
        aria-invalid={refused !== null}
        placeholder={label}
        rows={rows}
        value={draft?.text ?? task[field]}
        onChange={({ target }) => {
          setRefused(null);
          setDraft({ text: isLine ? target.value.replaceAll('\n', ' ') : target.value, seen: draft?.seen ?? task });
        }}
        onBlur={() => save()}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return;
          if (event.key === 'Enter' && (isLine || event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            save({ stays: true });
          }
          if (event.key === 'Escape' && isChanged) {
            event.preventDefault(); // the next Escape closes the details
            forget();
          }
        }}
        className={classes(
          'field-sizing-content w-full resize-none rounded-md border border-transparent bg-transparent px-2 py-1 hover:border-field focus:border-field',
          className,
        )}
      />
      <FieldError id={note}>{refused}</FieldError>
    </div>
  );
}
