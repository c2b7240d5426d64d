'use client';

import { useId, useRef, useState } from 'react';
import { FieldError } from '@/components/field-error';
import { useRemoved } from '@/components/typed';
import { classes } from '@/lib/classes';
import { isComposing } from '@/lib/key-targets';
import { tooLong } from '@/features/tasks/data/limits';
import type { Fields, Task } from '@/features/tasks/data/model';

interface Props {
  label: 'Title' | 'Description';
  task: Task;
  rows: number;
  autoFocus?: boolean;
  className?: string;
  /** `seen` is the task when editing began, so that changes made elsewhere since are not overwritten. */
  onSave: (seen: Task, fields: Fields) => void;
  /** Called when the description is saved or its draft discarded, with whether that was by a key. */
  onDone?: (isKeyboard: boolean) => void;
}

interface Draft {
  text: string;
  seen: Task;
}

/** Texts that could not be saved, by task and field. They are restored when the task is opened again. */
const unsaved = new Map<string, Draft>();

function keyOf(task: Task, label: Props['label']): string {
  return `${task.id} ${label}`;
}

/** Whether a text could not be saved, and waits in its field. */
export function hasDraft(task: Task, label: Props['label']): boolean {
  return unsaved.has(keyOf(task, label));
}

/** A text field that saves on blur. Enter saves the title, Ctrl+Enter the description, Escape discards the draft. */
export function TextDraft({ label, task, rows, autoFocus = false, className, onSave, onDone }: Props) {
  const isLine = label === 'Title';
  const field = isLine ? 'title' : 'description';
  const key = keyOf(task, label);
  const [draft, setDraft] = useState(unsaved.get(key) ?? null);
  /** The draft as of the last event: it may be saved on unmount, before another render. */
  const live = useRef(draft);
  const [refused, setRefused] = useState(draft && tooLong(label, draft.text));
  const note = useId();

  function keep(next: Draft | null): void {
    live.current = next;
    setRefused(null);
    setDraft(next);
  }

  function forget(): void {
    unsaved.delete(key);
    keep(null);
  }

  const hasText = (draft?.text ?? task[field]) !== '';
  const isChanged = draft !== null && draft.text !== draft.seen[field];

  /** With `stays` the draft continues from the saved text: the next key may come before `task` is updated. */
  function save({ stays = false } = {}): boolean {
    const unsent = live.current;
    if (!unsent) return true;
    const text = isLine ? unsent.text.trim() : unsent.text;
    const problem = tooLong(label, text);
    if (problem) {
      unsaved.set(key, unsent);
      setRefused(problem);
      return false;
    }
    if (text !== unsent.seen[field] && !(isLine && text === '')) onSave(unsent.seen, { [field]: text });
    const isMissing = isLine && text === '';
    forget();
    if (stays && !isMissing) keep({ text, seen: { ...unsent.seen, [field]: text } });
    return true;
  }

  useRemoved(() => void save()); // as when Back closes the details

  return (
    <div className="flex w-full flex-col">
      <textarea
        aria-label={label}
        dir="auto"
        aria-describedby={note}
        aria-invalid={refused !== null}
        placeholder={label}
        rows={rows}
        autoFocus={autoFocus}
        onFocus={({ currentTarget }) => {
          const end = currentTarget.value.length;
          if (autoFocus) currentTarget.setSelectionRange(end, end);
        }}
        value={draft?.text ?? task[field]}
        onChange={({ target }) => {
          keep({ text: isLine ? target.value.replaceAll('\n', ' ') : target.value, seen: draft?.seen ?? task });
        }}
        onBlur={() => save() && onDone?.(false)}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return;
          if (event.key === 'Enter' && (isLine || event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            if (save({ stays: isLine || !onDone }) && hasText) onDone?.(true);
          }
          const isShownText = onDone !== undefined && task[field] !== '';
          if (event.key === 'Escape' && (isChanged || isShownText)) {
            event.preventDefault(); // the next Escape closes the details
            forget();
            if (isShownText) onDone(true);
          }
        }}
        className={classes(
          'field-sizing-content w-full resize-none rounded-md border border-transparent bg-transparent py-1 hover:border-field focus:border-field',
          className,
        )}
      />
      <FieldError id={note}>{refused}</FieldError>
    </div>
  );
}
