'use client';

import { Bell, Flag, Repeat, RotateCcw } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import { Highlighted } from '@/components/highlighted';
import { IconButton } from '@/components/icon-button';
import { QuestionButton } from '@/features/tasks/editors/question-button';
import { classes } from '@/lib/classes';
import { openTask } from '@/lib/location';
import { CheckCircle, useIsSecondClick } from '@/features/tasks/editors/check-circle';
import { DueLabel } from './due-label';
import { useChange } from '@/features/tasks/data/mutations';
import type { Task } from '@/features/tasks/data/model';
import type { SelectionActions } from '@/features/tasks/data/selection';
import { useLongTouch } from './long-touch';
import { DRAGGED } from '@/features/tasks/data/rows';
import { TitleEditor } from '@/features/tasks/editors/title-editor';

interface Props {
  task: Task;
  /** Identifies the row in list, selection and focus. It does not change when the task gets its number. */
  rowKey: number;
  search: string;
  /** Whether the row is below a day heading. If so, it can be dragged to another day. */
  belowDay: boolean;
  active: boolean;
  selected: boolean;
  editing: boolean;
  selection: SelectionActions;
  onEdit: (key: number) => void;
  onEdited: (key: number) => void;
}

export const TaskRow = memo(function TaskRow({
  task,
  rowKey,
  search,
  belowDay,
  active,
  selected,
  editing,
  selection,
  onEdit,
  onEdited,
}: Props) {
  const { act, edit } = useChange();
  const isSecondClick = useIsSecondClick();
  const { onDragStart, ...touch } = useLongTouch(() => selection.toggle(rowKey));
  const reach = active ? 0 : -1;

  function click(event: MouseEvent): void {
    if (event.shiftKey) selection.extendTo(rowKey);
    else if (event.ctrlKey || event.metaKey) selection.toggle(rowKey);
    else {
      selection.activate(rowKey);
      openTask(task.id);
    }
  }

  return (
    <div
      {...touch}
      onFocus={() => selection.activate(rowKey)}
      draggable={belowDay && !editing}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, String(rowKey));
        onDragStart(event);
      }}
      className={classes(
        'flex min-h-11 items-center gap-2 border-b border-edge px-1 [-webkit-touch-callout:none]',
        selected ? 'bg-chosen' : 'hover:bg-sunken',
      )}
    >
      {task.status === 'deleted' ? (
        <IconButton
          label={`Restore “${task.title}”`}
          icon={RotateCcw}
          tabIndex={reach}
          onClick={(event) => {
            if (!isSecondClick(event, task)) act('restore', [task.id]);
          }}
        />
      ) : (
        <CheckCircle task={task} tabIndex={reach} />
      )}
      {editing ? (
        <TitleEditor
          task={task}
          onDone={(seen, title) => {
            if (title !== null) edit(seen, { title });
            onEdited(rowKey);
          }}
        />
      ) : (
        <button
          type="button"
          data-title={rowKey}
          tabIndex={reach}
          onClick={click}
          onDoubleClick={() => {
            openTask(null); // the first click has opened it
            onEdit(rowKey);
          }}
          className="flex min-w-0 flex-1 flex-col items-start py-2 text-left sm:flex-row sm:items-center sm:gap-3"
        >
          <span className={classes('max-w-full truncate', task.completed && 'text-quiet line-through')}>
            {selected && <span className="sr-only">Selected: </span>}
            <Highlighted text={task.title} search={search} />
          </span>
          {task.tags.length > 0 && (
            <span className="max-w-full shrink-0 truncate text-xs text-quiet sm:max-w-60">
              {task.tags.map((tag) => (
                <span key={tag} className="mr-1.5">
                  #<Highlighted text={tag} search={search} />
                </span>
              ))}
            </span>
          )}
        </button>
      )}
      <QuestionButton task={task} tabIndex={reach} />
      {task.priority === 'High' && (
        <Flag role="img" aria-label="High priority" className="size-4 shrink-0 text-danger" />
      )}
      {task.priority === 'Low' && <Flag role="img" aria-label="Low priority" className="size-4 shrink-0 text-field" />}
      {task.recurrence_pattern !== 'none' && (
        <Repeat role="img" aria-label="Recurring" className="size-4 shrink-0 text-quiet" />
      )}
      {task.reminders.length > 0 && (
        <Bell role="img" aria-label="Has a reminder" className="size-3.5 shrink-0 text-quiet" />
      )}
      <DueLabel task={task} belowDay={belowDay} />
    </div>
  );
});
