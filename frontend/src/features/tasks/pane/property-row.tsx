'use client';

import { Bell, CalendarDays, Flag, type LucideIcon, Repeat, Tag } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dot } from '@/components/dot';
import { Menu, MenuChoice } from '@/components/menu';
import { Popover } from '@/components/popover';
import { classes } from '@/lib/classes';
import type { Property } from '@/features/tasks/data/focus';
import { dueWords, zoneNote } from '@/features/tasks/data/due-words';
import { recurrenceLabel } from '@/features/tasks/data/labels';
import { type Fields, isOverdue, PRIORITIES, type Task } from '@/features/tasks/data/model';
import { useHere } from '@/features/tasks/data/moment';
import { useChange } from '@/features/tasks/data/mutations';
import { useReminderLabel } from '@/features/tasks/data/provider';
import { leadTimeOf } from '@/features/tasks/data/reminders';
import { useTint } from '@/features/tasks/data/tag-colors';
import { RecurrenceEditor } from '@/features/tasks/editors/recurrence-editor';
import { RemindersEditor } from '@/features/tasks/editors/reminders-editor';
import { TagsEditor } from '@/features/tasks/editors/tags-editor';
import { DateEditor } from './date-editor';
import { PropertyButton } from './property';

export const NAMES: Record<Property, [name: string, icon: LucideIcon]> = {
  date: ['Date', CalendarDays],
  repeat: ['Repeat', Repeat],
  reminders: ['Reminders', Bell],
  priority: ['Priority', Flag],
  tags: ['Tags', Tag],
};

export function has(task: Task, property: Property): boolean {
  const values: Record<Property, boolean> = {
    date: task.due_date !== null,
    repeat: task.recurrence_pattern !== 'none',
    reminders: task.reminders.length > 0,
    priority: task.priority !== 'None',
    tags: task.tags.length > 0,
  };
  return values[property];
}

interface RowProps {
  property: Property;
  task: Task;
  disabled: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onClosed: (event: Event) => void;
}

/** A property with its value; its editor opens below it. */
export function PropertyRow({ property, task, disabled, ...popup }: RowProps) {
  const { edit } = useChange();
  const [name, icon] = NAMES[property];
  const trigger = (
    <PropertyButton icon={icon} name={name} disabled={disabled}>
      {has(task, property) ? <Value property={property} task={task} /> : <span className="text-quiet">{name}</span>}
    </PropertyButton>
  );
  if (property === 'priority')
    return (
      <Menu trigger={trigger} align="start" {...popup}>
        <MenuChoice
          value={task.priority}
          options={PRIORITIES.map((priority) => [priority, priority] as const)}
          onChange={(priority) => edit(task, { priority })}
        />
      </Menu>
    );
  return (
    <Popover trigger={trigger} label={name} inColumn className="w-96" {...popup}>
      <Editor
        property={property}
        task={task}
        set={(fields) => edit(task, fields)}
        onDone={() => popup.onOpenChange(false)}
      />
    </Popover>
  );
}

function Value({ property, task }: { property: Property; task: Task }): ReactNode {
  const here = useHere();
  const tintOf = useTint();
  const reminderLabel = useReminderLabel(task.due_date);
  switch (property) {
    case 'date': {
      const note = zoneNote(task, here);
      return (
        <>
          <span className={classes(isOverdue(task, here) && 'text-overdue')}>{dueWords(task.due_date, here)}</span>
          {note && <span className="text-quiet">{note}</span>}
        </>
      );
    }
    case 'repeat': {
      const label = recurrenceLabel(task.recurrence_pattern, task.recurrence);
      return label.charAt(0).toUpperCase() + label.slice(1);
    }
    case 'reminders':
      return task.reminders.map((reminder) => <span key={JSON.stringify(reminder)}>{reminderLabel(reminder)}</span>);
    case 'priority':
      return task.priority;
    case 'tags':
      return task.tags.map((tag) => (
        <span key={tag} className="flex min-w-0 items-center gap-1.5">
          <Dot tint={tintOf(tag)} />
          <span className="truncate">{tag}</span>
        </span>
      ));
  }
}

interface EditorProps {
  property: Exclude<Property, 'priority'>;
  task: Task;
  set: (fields: Fields) => void;
  onDone: () => void;
}

function Editor({ property, task, set, onDone }: EditorProps) {
  switch (property) {
    case 'date':
      return <DateEditor task={task} onDone={onDone} />;
    case 'repeat':
      return (
        <RecurrenceEditor
          dueDate={task.due_date}
          timeZone={task.time_zone}
          pattern={task.recurrence_pattern}
          recurrence={task.recurrence}
          leadTime={leadTimeOf(task.reminders)}
          onChange={set}
        />
      );
    case 'reminders':
      return (
        <RemindersEditor
          reminders={task.reminders}
          dueDate={task.due_date}
          onChange={(reminders) => set({ reminders })}
        />
      );
    case 'tags':
      return <TagsEditor tags={task.tags} onChange={(tags) => set({ tags })} />;
  }
}
