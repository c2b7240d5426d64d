'use client';

import { RotateCcw, Trash2, X } from 'lucide-react';
import { useCallback, useEffect, useRef } from 'react';
import { Button } from '@/components/button';
import { Field, Select } from '@/components/field';
import { IconButton } from '@/components/icon-button';
import { useKeptFocus } from '@/components/kept-focus';
import { QuestionButton } from '@/features/tasks/editors/question-button';
import { explain } from '@/lib/api/problem';
import { openTask } from '@/lib/location';
import { isComposing, isCovered, isTyping } from '@/lib/key-targets';
import { CheckCircle } from '@/features/tasks/editors/check-circle';
import { DateWords } from '@/features/tasks/editors/date-words';
import { DueEditor } from '@/features/tasks/editors/due-editor';
import { RecurrenceEditor } from '@/features/tasks/editors/recurrence-editor';
import { leadTimeOf } from '@/features/tasks/data/reminders';
import { RemindersEditor } from '@/features/tasks/editors/reminders-editor';
import { TagsEditor } from '@/features/tasks/editors/tags-editor';
import { focusList, PANE_ID } from '@/features/tasks/data/focus';
import { useChange } from '@/features/tasks/data/mutations';
import { type Fields, PRIORITIES, type Priority, type Task } from '@/features/tasks/data/model';
import { useTasks } from '@/features/tasks/data/provider';
import { useTask } from '@/features/tasks/data/queries';
import { askScope } from '@/features/tasks/data/scope';
import { TaskHistory } from './task-history';
import { TextDraft } from '@/features/tasks/editors/text-draft';

/** The details of a task, beside the list or over it on a narrow screen. */
export function TaskPane({ id }: { id: number }) {
  const { data: task, error } = useTask(id);
  const { store } = useTasks();
  const pane = useRef<HTMLElement>(null);
  const key = store.keyOf(id);
  const close = useCallback(() => {
    openTask(null);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    focusList(key);
  }, [key]);
  useEffect(() => {
    pane.current?.focus();
    return () => {
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) focusList(key);
      });
    };
  }, [key]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && closesPane(event, pane.current)) close();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [close]);
  const kept = useKeptFocus(pane, () => pane.current?.focus());
  return (
    <aside
      ref={pane}
      id={PANE_ID}
      tabIndex={-1}
      aria-label="Task details"
      {...kept}
      className="fixed inset-0 z-30 flex animate-slide flex-col overflow-y-auto border-edge bg-ground outline-none lg:static lg:min-h-0 lg:w-pane lg:flex-1 lg:border-l 2xl:flex-none"
    >
      <div className="flex items-center gap-1 p-2">
        <span className="px-2 text-sm text-quiet">{id > 0 ? `Task ${id}` : 'New task'}</span>
        <IconButton label="Close the details" icon={X} onClick={close} className="ml-auto" />
      </div>
      {task ? (
        <Details task={task} />
      ) : error ? (
        <p role="alert" className="p-4 text-sm">
          {explain(error)}
        </p>
      ) : (
        id < 0 && (
          <p role="status" className="p-4 text-sm">
            This task is not saved yet.
          </p>
        )
      )}
    </aside>
  );
}

/** False if something in or over the pane has handled the key, or if it belongs to a field or panel beside it. */
function closesPane(event: KeyboardEvent, pane: HTMLElement | null): boolean {
  if (event.defaultPrevented || isComposing(event) || isCovered()) return false;
  const target = event.target as HTMLElement;
  return pane?.contains(target) || !(isTyping(target) || target.closest('aside'));
}

function Details({ task }: { task: Task }) {
  const { edit, act, trash } = useChange();
  const deleted = task.status === 'deleted';
  const set = (fields: Fields) => edit(task, fields);

  /** Saves a due date. For a recurring task, asks for the scope, except for a new time zone, which is a new rule. */
  async function setDue(fields: Fields): Promise<void> {
    const asks = fields.due_date !== null && fields.time_zone === undefined;
    const scope = asks ? await askScope([task]) : 'this';
    if (scope) edit(task, fields, scope);
  }

  async function setSaid(fields: Fields): Promise<void> {
    if ('due_date' in fields && !('recurrence_pattern' in fields)) await setDue(fields);
    else set(fields);
  }

  return (
    <div className="flex flex-col gap-4 px-4 pb-8">
      <fieldset disabled={deleted} className="contents">
        <div className="flex items-start gap-2">
          <CheckCircle task={task} />
          <TextDraft label="Title" task={task} rows={1} onSave={edit} className="text-panel font-semibold" />
        </div>
        <QuestionButton task={task} />
        <TextDraft label="Description" task={task} rows={3} onSave={edit} />
        <DueEditor dueDate={task.due_date} timeZone={task.time_zone} onChange={(fields) => void setDue(fields)} />
        {task.id > 0 && <DateWords task={task} onChange={(fields) => void setSaid(fields)} />}
        <RemindersEditor
          reminders={task.reminders}
          dueDate={task.due_date}
          onChange={(reminders) => set({ reminders })}
        />
        <Field label="Priority">
          {(control) => (
            <Select
              {...control}
              value={task.priority}
              onChange={(event) => set({ priority: event.target.value as Priority })}
            >
              {PRIORITIES.map((priority) => (
                <option key={priority}>{priority}</option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Tags">
          {(control) => <TagsEditor {...control} tags={task.tags} onChange={(tags) => set({ tags })} />}
        </Field>
        <RecurrenceEditor
          dueDate={task.due_date}
          timeZone={task.time_zone}
          pattern={task.recurrence_pattern}
          recurrence={task.recurrence}
          leadTime={leadTimeOf(task.reminders)}
          onChange={set}
        />
      </fieldset>
      <div className="flex gap-2">
        {deleted ? (
          <Button onClick={(event) => event.detail < 2 && act('restore', [task.id])}>
            <RotateCcw aria-hidden className="size-4" /> Restore
          </Button>
        ) : (
          <Button look="danger" onClick={(event) => event.detail < 2 && void trash([task])}>
            <Trash2 aria-hidden className="size-4" /> To the trash
          </Button>
        )}
      </div>
      <TaskHistory task={task} />
    </div>
  );
}
