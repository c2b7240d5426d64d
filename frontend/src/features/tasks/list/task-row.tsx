'use client';

import { Bell, GripVertical, Repeat, RotateCcw } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import { Dot } from '@/components/dot';
import { Highlighted } from '@/components/highlighted';
import { IconButton } from '@/components/icon-button';
import { QuestionButton } from '@/features/tasks/editors/question-button';
import { classes } from '@/lib/classes';
import { openTask } from '@/lib/location';
import { CheckCircle, useIsSecondClick } from '@/features/tasks/editors/check-circle';
import { DueLabel } from './due-label';
import { useChange } from '@/features/tasks/data/mutations';
import type { Task } from '@/features/tasks/data/model';
import { useHere } from '@/features/tasks/data/moment';
import { useTint } from '@/features/tasks/data/tag-colors';
import { rowLabel } from './row-label';
import type { SelectionActions } from '@/features/tasks/data/selection';
import { useLongTouch } from './long-touch';
import { TitleEditor } from '@/features/tasks/editors/title-editor';

interface Props {
  task: Task;
  /** Identifies the row in list, selection and focus. It does not change when the task gets its number. */
  rowKey: number;
  search: string;
  isDraggable: boolean;
  /** Whether a heading or the view already says its day. */
  isDaySaid: boolean;
  active: boolean;
  /** Whether its details are open. */
  open: boolean;
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
  isDraggable,
  isDaySaid,
  active,
  open,
  selected,
  editing,
  selection,
  onEdit,
  onEdited,
}: Props) {
  const { act, edit } = useChange();
  const isSecondClick = useIsSecondClick();
  const touch = useLongTouch(() => selection.toggle(rowKey));
  const reach = active ? 0 : -1;
  const here = useHere();

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
      className={classes(
        'group/row relative -mx-2.5 flex min-h-10 items-center gap-1.5 rounded-row px-2.5 outline-offset-[-2px] outline-accent [-webkit-touch-callout:none] has-[[data-title]:focus-visible]:outline-2 max-sm:min-h-12',
        selected ? 'bg-selected' : open ? 'bg-chosen' : 'hover:bg-hover has-[[data-title]:focus]:bg-chosen',
      )}
    >
      {isDraggable && <Grip />}
      {task.status === 'deleted' ? (
        <IconButton
          label={`Restore “${task.title}”`}
          icon={RotateCcw}
          className="relative z-1 -ml-1.5 text-quiet"
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
        <div className="flex min-w-0 flex-1 flex-col py-2 sm:flex-row sm:items-center sm:gap-3">
          <button
            type="button"
            data-title={rowKey}
            tabIndex={reach}
            aria-label={rowLabel(task, here, selected)}
            {...(open ? { 'aria-current': true } : {})}
            onClick={click}
            onDoubleClick={() => {
              openTask(null); // the first click has opened it
              onEdit(rowKey);
            }}
            className="min-w-0 flex-1 text-left outline-none after:absolute after:inset-0"
          >
            <span
              dir="auto"
              className={classes(
                'line-clamp-2 break-words sm:line-clamp-1 sm:break-all',
                task.completed && 'text-quiet line-through',
              )}
            >
              <Highlighted text={task.title} search={search} />
            </span>
          </button>
          <Tags tags={task.tags} search={search} />
        </div>
      )}
      <div className="ml-1.5 flex shrink-0 items-center gap-2.5 text-quiet empty:hidden">
        <QuestionButton task={task} tabIndex={reach} />
        {task.recurrence_pattern !== 'none' && <Repeat role="img" aria-label="Recurring" className="size-3.5" />}
        {task.reminders.length > 0 && <Bell role="img" aria-label="Has a reminder" className="size-3.5" />}
        <DueLabel task={task} isDaySaid={isDaySaid} />
      </div>
    </div>
  );
});

/** Shows that the row can be dragged. In Firefox it is the part to drag by: a button cannot be dragged there. */
function Grip() {
  return (
    <GripVertical
      aria-hidden
      className="absolute top-0 -left-3.5 z-1 h-full w-4 cursor-grab text-quiet opacity-0 group-hover/row:opacity-100 pointer-coarse:hidden"
    />
  );
}

/** On a phone they stand below the title. */
function Tags({ tags, search }: { tags: readonly string[]; search: string }) {
  const tintOf = useTint();
  if (tags.length === 0) return null;
  return (
    <span className="flex min-w-0 gap-3 overflow-hidden text-meta text-quiet sm:max-w-1/2 sm:shrink-0">
      {tags.map((tag) => (
        <span key={tag} className="flex min-w-0 items-center gap-1.5">
          <Dot tint={tintOf(tag)} />
          <span className="truncate">
            <Highlighted text={tag} search={search} />
          </span>
        </span>
      ))}
    </span>
  );
}
