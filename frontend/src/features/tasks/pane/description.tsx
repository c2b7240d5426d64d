'use client';

import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { later } from '@/components/later';
import { hasDraft, TextDraft } from '@/features/tasks/editors/text-draft';
import type { Fields, Task } from '@/features/tasks/data/model';

const Markdown = later(() => import('./markdown').then((found) => found.Markdown));

interface Props {
  task: Task;
  disabled: boolean;
  onSave: (seen: Task, fields: Fields) => void;
}

/** The description, as formatted text until one edits it. A click or Enter edits it; Ctrl+Enter and blur save it. */
export function Description({ task, disabled, onSave }: Props) {
  const [editing, setEditing] = useState(() => hasDraft(task, 'Description'));
  const text = useRef<HTMLDivElement>(null);
  const returns = useRef(false);
  const isField = editing || task.description === '';
  useEffect(() => {
    if (isField || !returns.current) return;
    returns.current = false;
    text.current?.focus();
  }, [isField]);
  const edit = () => {
    if (!disabled) setEditing(true);
  };
  if (isField)
    return (
      // While the user is in the field, a text from another device does not replace the field.
      <div className="contents" onFocus={() => setEditing(true)}>
        <TextDraft
          label="Description"
          task={task}
          rows={editing ? 3 : 1}
          autoFocus={editing}
          className="px-2"
          onSave={onSave}
          onDone={(isKeyboard) => {
            returns.current = isKeyboard;
            setEditing(false);
          }}
        />
      </div>
    );
  return (
    <div
      ref={text}
      role="group"
      aria-label="Description"
      aria-description={disabled ? undefined : 'Press Enter to edit'}
      tabIndex={0}
      onClick={(event) => {
        if (!isForText(event)) edit();
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
        event.preventDefault();
        edit();
      }}
      className="cursor-text rounded-md border border-transparent px-2 py-1 hover:border-field"
    >
      <Markdown text={task.description} />
    </div>
  );
}

/** Whether a click follows a link or ends a selection. */
function isForText({ target }: MouseEvent): boolean {
  return (target as HTMLElement).closest('a') !== null || window.getSelection()?.isCollapsed === false;
}
