'use client';

import { draggable } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { classes } from '@/lib/classes';
import { isAllDay, timeLabel } from '@/lib/dates';
import { openTask } from '@/lib/location';
import { isOverdue, type Priority, type Task } from '@/features/tasks/data/model';
import { useHere } from '@/features/tasks/data/moment';
import { rowLabel } from '@/features/tasks/list/row-label';

const LOOKS: Record<Priority, string> = {
  High: 'border-danger bg-danger/10',
  Medium: 'border-today bg-hover',
  Low: 'border-dashed border-accent bg-hover',
  None: 'border-field bg-hover',
};
/** Alt and an arrow move the task by so many days. */
const MOVES: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

interface Props {
  task: Task;
  taskKey: number;
  reach: 0 | -1;
  /** Moves the task by days. */
  onMove: (days: number) => void;
}

/** A task in the calendar. */
export function CalendarTask({ task, taskKey, reach, onMove }: Props) {
  const here = useHere();
  const element = useRef<HTMLButtonElement>(null);
  useEffect(
    () =>
      element.current ? draggable({ element: element.current, getInitialData: () => ({ task: taskKey }) }) : undefined,
    [taskKey],
  );

  function press(event: KeyboardEvent): void {
    const days = MOVES[event.key];
    if (days === undefined) return;
    event.stopPropagation(); // in the grid, arrows move the focus between days
    if (!event.altKey) return;
    event.preventDefault();
    onMove(days);
  }

  const time = task.due_date === null || isAllDay(task.due_date) ? '' : timeLabel(new Date(task.due_date), here.zone);
  return (
    <button
      ref={element}
      type="button"
      data-title={taskKey}
      tabIndex={reach}
      aria-label={rowLabel(task, here, false)}
      onClick={(event) => {
        event.stopPropagation();
        openTask(task.id);
      }}
      onKeyDown={press}
      className={classes(
        'flex w-full min-w-0 items-center gap-1 rounded border-l-3 px-1.5 py-px text-left text-meta outline-accent focus-visible:outline-2',
        LOOKS[task.priority],
        task.completed && 'text-quiet line-through',
        isOverdue(task, here) && 'text-overdue',
      )}
    >
      <span dir="auto" className="truncate">
        {task.title}
      </span>
      {time !== '' && <span className="ml-auto shrink-0 tabular-nums">{time}</span>}
    </button>
  );
}
