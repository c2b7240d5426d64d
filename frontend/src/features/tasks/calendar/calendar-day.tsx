'use client';

import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { useEffect, useRef, useState } from 'react';
import { Popover } from '@/components/popover';
import { classes } from '@/lib/classes';
import { format, longDay } from '@/lib/dates';
import type { Task } from '@/features/tasks/data/model';
import { CalendarTask } from './calendar-task';

const MOST = 3;

export interface Actions {
  keyOf: (id: number) => number;
  /** Moves a task by days. */
  onMove: (task: Task, days: number) => void;
  /** A task is dropped on a day. */
  onDrop: (key: number, day: string) => void;
  onChoose: (day: string) => void;
  onActivate: (day: string) => void;
}

interface Props {
  day: string;
  tasks: readonly Task[];
  isToday: boolean;
  isOutside: boolean;
  /** Whether the day says its month. */
  isNamed: boolean;
  isActive: boolean;
  actions: Actions;
}

/** A day of the calendar. Its tasks are in the tab order while it has the focus. */
export function CalendarDay({ day, tasks, isToday, isOutside, isNamed, isActive, actions }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const [isTarget, setTarget] = useState(false);
  const { onDrop } = actions;
  useEffect(() => {
    if (!element.current) return;
    return dropTargetForElements({
      element: element.current,
      onDragEnter: () => setTarget(true),
      onDragLeave: () => setTarget(false),
      onDrop: ({ source }) => {
        setTarget(false);
        onDrop(source.data.task as number, day);
      },
    });
  }, [day, onDrop]);
  const reach = isActive ? 0 : -1;
  const label = (options: Intl.DateTimeFormatOptions) =>
    format({ day: 'numeric', timeZone: 'UTC', ...options }).format(new Date(`${day}T12:00:00Z`));
  const count = tasks.length === 0 ? '' : `, ${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}`;
  return (
    <div
      ref={element}
      role="gridcell"
      data-cell={day}
      data-target={isTarget || undefined}
      tabIndex={reach}
      {...(isToday ? { 'aria-current': 'date' as const } : {})}
      onClick={() => actions.onChoose(day)}
      onFocus={() => actions.onActivate(day)}
      className={classes(
        'flex min-h-11 min-w-0 cursor-default flex-col gap-0.5 border-t border-edge p-1 outline-offset-[-2px] outline-accent focus-visible:outline-2 sm:min-h-20',
        isTarget ? 'bg-chosen' : 'hover:bg-hover',
        isActive && 'max-sm:bg-chosen',
      )}
    >
      <span className="sr-only">{`${longDay(day)}${count}`}</span>
      <span
        aria-hidden
        className={classes(
          'flex h-6 min-w-6 items-center justify-center self-center rounded-full text-meta whitespace-nowrap tabular-nums sm:self-start',
          isNamed && 'sm:px-1.5',
          isNamed && !isToday && 'font-medium',
          isToday ? 'bg-accent font-semibold text-on-accent' : isOutside && 'text-quiet',
        )}
      >
        <span className={isNamed ? 'sm:hidden' : ''}>{label({})}</span>
        {isNamed && <span className="max-sm:hidden">{label({ month: 'short' })}</span>}
      </span>
      <span aria-hidden className="flex justify-center gap-0.5 sm:hidden">
        {tasks.slice(0, MOST).map((task) => (
          <span key={task.id} className={classes('size-1.5 rounded-full', DOTS[task.priority])} />
        ))}
      </span>
      <div className="hidden min-w-0 flex-col gap-0.5 sm:flex">
        <Tasks tasks={tasks.slice(0, MOST)} reach={reach} actions={actions} />
        {tasks.length > MOST && (
          <Popover
            label={longDay(day)}
            className="w-72"
            trigger={
              <button
                type="button"
                tabIndex={reach}
                onClick={(event) => event.stopPropagation()}
                onKeyDown={(event) => event.stopPropagation()}
                className="rounded px-1.5 text-left text-meta text-quiet outline-accent hover:text-text focus-visible:outline-2"
              >
                +{tasks.length - MOST} more
              </button>
            }
          >
            {/* React passes events of the popover on to the day. */}
            <div onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
              <h2 className="mb-2 text-sm font-semibold">{longDay(day)}</h2>
              <div className="flex max-h-80 flex-col gap-1 overflow-y-auto p-0.5">
                <Tasks tasks={tasks} reach={0} actions={actions} />
              </div>
            </div>
          </Popover>
        )}
      </div>
    </div>
  );
}

const DOTS = { High: 'bg-danger', Medium: 'bg-today', Low: 'bg-accent', None: 'bg-field' };

export function Tasks({ tasks, reach, actions }: { tasks: readonly Task[]; reach: 0 | -1; actions: Actions }) {
  return tasks.map((task) => {
    const key = actions.keyOf(task.id);
    return (
      <CalendarTask key={key} task={task} taskKey={key} reach={reach} onMove={(days) => actions.onMove(task, days)} />
    );
  });
}
