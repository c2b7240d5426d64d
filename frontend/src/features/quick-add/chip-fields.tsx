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

/** Returns the label of a chip. `saysFirst`: whether the chip of a rule says its first date, which has no chip then. */
export function labelOf(
  chip: Match,
  draft: NewTask,
  zone: string,
  { reminderLabel, saysFirst }: { reminderLabel: (reminder: Reminder) => string; saysFirst: boolean },
): string {
  const timeZone = draft.time_zone ?? zone;
  const { due_date, recurrence_pattern: pattern = 'none' } = draft;
  const first = due_date && pattern !== 'none' ? firstLabel(due_date, timeZone) : null;
  switch (chip.field) {
    case 'due_date':
      if (!due_date) return chip.label;
      return first ? `First ${first}` : dueLabel(due_date, timeZone);
    case 'recurrence': {
      if (!draft.recurrence_pattern) return chip.label;
      const rule = recurrenceLabel(pattern, draft.recurrence ?? null);
      const label = rule.charAt(0).toUpperCase() + rule.slice(1);
      return saysFirst && first ? `${label}, first ${first}` : label;
    }
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

/** Returns the first date of a rule: "Mon 30 Nov", "Mon 30 Nov, 9:00", with the year if it is another one. */
function firstLabel(dueDate: string, zone: string): string {
  const { day, time } = wallOf(dueDate, zone);
  const year = day.slice(0, 4);
  const date = `${shortDay(day)}${Number(year) === new Date().getFullYear() ? '' : ` ${year}`}`;
  return time === null ? date : `${date}, ${timeLabel(time)}`;
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
