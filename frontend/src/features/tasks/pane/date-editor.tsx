'use client';

import { useRef } from 'react';
import type { Fields, Task } from '@/features/tasks/data/model';
import { useChange } from '@/features/tasks/data/mutations';
import { askScope } from '@/features/tasks/data/scope';
import { DateWords } from '@/features/tasks/editors/date-words';
import { DueEditor } from '@/features/tasks/editors/due-editor';

/** The date of a task: in words, by a shortcut or from the calendar. */
export function DateEditor({ task, onDone }: { task: Task; onDone: () => void }) {
  const { edit } = useChange();
  const calendar = useRef<HTMLDivElement>(null);

  /** Saves a due date. For a recurring task, asks for the scope, except for a new time zone, which is a new rule. */
  async function setDue(fields: Fields): Promise<boolean> {
    const asks = fields.due_date !== null && fields.time_zone === undefined;
    const scope = asks ? await askScope([task]) : 'this';
    if (scope) edit(task, fields, scope);
    return scope !== null;
  }

  async function setSaid(fields: Fields): Promise<boolean> {
    if ('due_date' in fields && !('recurrence_pattern' in fields)) return setDue(fields);
    edit(task, fields);
    return true;
  }

  return (
    <div className="flex flex-col gap-2">
      {task.id > 0 && (
        <DateWords
          task={task}
          onChange={setSaid}
          onDone={onDone}
          onDown={() => calendar.current?.querySelector<HTMLElement>('[role=grid] [tabindex="0"]')?.focus()}
        />
      )}
      <div ref={calendar}>
        <DueEditor
          dueDate={task.due_date}
          timeZone={task.time_zone}
          onChange={(fields) => void setDue(fields)}
          onDone={onDone}
        />
      </div>
    </div>
  );
}
