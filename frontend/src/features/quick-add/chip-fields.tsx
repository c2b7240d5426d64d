import type { ReactNode } from 'react';
import { DueEditor } from '@/features/tasks/editors/due-editor';
import { RecurrenceEditor } from '@/features/tasks/editors/recurrence-editor';
import { RemindersEditor } from '@/features/tasks/editors/reminders-editor';
import { dueLabel, priorityWords, recurrenceLabel } from '@/features/tasks/data/labels';
import { type NewTask, PRIORITIES, type Reminder } from '@/features/tasks/data/model';
import { timeLabel } from '@/lib/clock';
import { leadTimeOf } from '@/features/tasks/data/reminders';
import type { Fields, Match } from '@/features/tasks/data/understood';
import { shortDay, wallOf } from '@/lib/dates';

/** Returns the label of a chip. `isFirst`: whether the date of the task has no chip of its own. */
export function labelOf(
  chip: Match,
  draft: NewTask,
  zone: string,
  { reminderLabel, isFirst }: { reminderLabel: (reminder: Reminder) => string; isFirst: boolean },
): string {
  const timeZone = draft.time_zone ?? zone;
  switch (chip.field) {
    case 'due_date':
      return draft.due_date ? dueLabel(draft.due_date, timeZone) : chip.label;
    case 'recurrence':
      return draft.recurrence_pattern ? ruleLabel(draft, timeZone, isFirst) : chip.label;
    case 'priority':
      return draft.priority ? priorityWords(draft.priority) : `${chip.label} priority`;
    case 'reminder':
      return draft.reminders?.length
        ? `Remind ${draft.reminders.map((one) => inSentence(one, reminderLabel(one))).join(', ')}`
        : 'No reminder';
    case 'tags':
      return chip.label;
  }
}

/** "Every month on the 15th, from Tue 15 Dec": a rule alone does not say when it begins. */
function ruleLabel(
  { recurrence_pattern: pattern = 'none', recurrence, due_date }: NewTask,
  zone: string,
  isFirst: boolean,
) {
  const rule = recurrenceLabel(pattern, recurrence ?? null);
  const label = rule.charAt(0).toUpperCase() + rule.slice(1);
  if (!isFirst || !due_date) return label;
  const { day, time } = wallOf(due_date, zone);
  return `${label}, from ${shortDay(day)}${time === null ? '' : `, ${timeLabel(time)}`}`;
}

/** Dates keep their capital letters. */
function inSentence(reminder: Reminder, label: string): string {
  return reminder.at === undefined ? label.toLowerCase() : label;
}

/** Returns the editor that a chip opens, if it has one. */
export function editorOf(chip: Match, draft: NewTask, zone: string, set: (fields: Fields) => void): ReactNode {
  const timeZone = draft.time_zone ?? zone;
  const dueDate = draft.due_date ?? null;
  switch (chip.field) {
    case 'due_date':
      return <DueEditor dueDate={dueDate} timeZone={timeZone} onChange={(fields) => set(fields)} />;
    case 'recurrence':
      return (
        <RecurrenceEditor
          dueDate={dueDate}
          timeZone={timeZone}
          pattern={draft.recurrence_pattern ?? 'none'}
          recurrence={draft.recurrence ?? null}
          leadTime={leadTimeOf(draft.reminders ?? [])}
          onChange={(fields) => set(fields)}
        />
      );
    case 'priority':
      return (
        <div role="radiogroup" aria-label="Priority" className="flex flex-col gap-2 text-sm">
          {PRIORITIES.map((priority) => (
            <label key={priority} className="flex items-center gap-2">
              <input
                type="radio"
                name="quick-add-priority"
                checked={draft.priority === priority}
                onChange={() => set({ priority: priority })}
                className="size-4 accent-accent"
              />
              {priority}
            </label>
          ))}
        </div>
      );
    case 'reminder':
      return (
        <RemindersEditor
          reminders={draft.reminders ?? []}
          dueDate={dueDate}
          onChange={(reminders) => set({ reminders })}
        />
      );
    case 'tags':
      return null;
  }
}
