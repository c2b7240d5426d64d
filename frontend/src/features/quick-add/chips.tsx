'use client';

import { Bell, Calendar, CircleHelp, Flag, type LucideIcon, Repeat, Tag, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu, MenuChoice, MenuLabel } from '@/components/menu';
import { Popover } from '@/components/popover';
import { DueEditor } from '@/features/tasks/editors/due-editor';
import { RecurrenceEditor } from '@/features/tasks/editors/recurrence-editor';
import { RemindersEditor } from '@/features/tasks/editors/reminders-editor';
import { dueLabel, recurrenceLabel } from '@/features/tasks/data/labels';
import { type NewTask, PRIORITIES, type Reminder } from '@/features/tasks/data/model';
import { leadTimeOf } from '@/features/tasks/data/reminders';
import { useZone } from '@/lib/account';
import { useReminderLabel } from '@/features/tasks/data/provider';
import {
  type Ambiguity,
  chipsOf,
  type Decisions,
  draftOf,
  type Fields,
  type Match,
  type Parsed,
  phrasesOf,
} from '@/features/tasks/data/understood';

interface Props {
  parsed: Parsed;
  decisions: Decisions;
  onDecide: (decisions: Decisions) => void;
}

const ICONS: Record<Match['field'], LucideIcon> = {
  due_date: Calendar,
  recurrence: Repeat,
  priority: Flag,
  tags: Tag,
  reminder: Bell,
};
const CHIP = 'bg-sunken inline-flex h-7 items-center rounded-full border text-xs';

/** One chip per parsed field. Opening a chip edits the field; dismissing it makes its phrases part of the title. */
export function Chips({ parsed, decisions, onDecide }: Props) {
  const zone = useZone();
  const draft = draftOf(parsed, decisions);
  const reminderLabel = useReminderLabel(draft.due_date ?? null);
  const set = (fields: Fields) => onDecide({ ...decisions, fields: { ...decisions.fields, ...fields } });
  const dismiss = (chip: Match) =>
    onDecide({ ...decisions, literal: [...decisions.literal, ...phrasesOf(parsed, chip)] });
  const chips = chipsOf(parsed);
  if (chips.length === 0 && parsed.ambiguities.length === 0) return null;
  return (
    <ul aria-label="Understood" className="flex flex-wrap items-center gap-1">
      {chips.map((chip) => (
        <li key={`${chip.field} ${chip.label}`}>
          <Chip icon={ICONS[chip.field]} editor={editorOf(chip, draft, zone, set)} onDismiss={() => dismiss(chip)}>
            {labelOf(chip, draft, zone, reminderLabel)}
          </Chip>
        </li>
      ))}
      {parsed.ambiguities.map((ambiguity) => (
        <li key={`${ambiguity.field} ${ambiguity.start} ${ambiguity.question}`}>
          <Question
            ambiguity={ambiguity}
            chosen={decisions.chosen[ambiguity.text] ?? ambiguity.chosen}
            onChoose={(at) => onDecide({ ...decisions, chosen: { ...decisions.chosen, [ambiguity.text]: at } })}
          />
        </li>
      ))}
    </ul>
  );
}

function Chip({
  icon: Icon,
  editor,
  onDismiss,
  children,
}: {
  icon: LucideIcon;
  editor: ReactNode;
  onDismiss: () => void;
  children: string;
}) {
  const content = (
    <>
      <Icon aria-hidden className="size-3.5 text-quiet" />
      {children}
    </>
  );
  return (
    <span className={`${CHIP} border-edge`}>
      {editor ? (
        <Popover
          label={children}
          className="w-80"
          trigger={
            <button
              type="button"
              aria-label={`Change: ${children}`}
              className="flex h-full items-center gap-1.5 rounded-l-full pr-1.5 pl-2.5 hover:bg-hover"
            >
              {content}
            </button>
          }
        >
          {editor}
        </Popover>
      ) : (
        <span className="flex items-center gap-1.5 pr-1.5 pl-2.5">{content}</span>
      )}
      <button
        type="button"
        aria-label={`Not meant: ${children}`}
        onClick={onDismiss}
        className="flex h-full items-center rounded-r-full pr-2 pl-1 hover:bg-hover"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </span>
  );
}

/** Asks about an ambiguous phrase and shows the current choice. */
function Question({
  ambiguity,
  chosen,
  onChoose,
}: {
  ambiguity: Ambiguity;
  chosen: number;
  onChoose: (at: number) => void;
}) {
  const options = ambiguity.alternatives.map((alternative, at) => [String(at), alternative.label] as const);
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`${ambiguity.question} Now: ${options[chosen]?.[1] ?? ''}`}
          className={`${CHIP} gap-1.5 border-warning px-2.5 text-warning hover:bg-hover`}
        >
          <CircleHelp aria-hidden className="size-3.5" />
          {ambiguity.text}?
        </button>
      }
    >
      <MenuLabel>{ambiguity.question}</MenuLabel>
      <MenuChoice value={String(chosen)} options={options} onChange={(at) => onChoose(Number(at))} />
    </Menu>
  );
}

function labelOf(chip: Match, draft: NewTask, zone: string, reminderLabel: (reminder: Reminder) => string): string {
  const timeZone = draft.time_zone ?? zone;
  switch (chip.field) {
    case 'due_date':
      return draft.due_date ? dueLabel(draft.due_date, timeZone) : chip.label;
    case 'recurrence':
      return draft.recurrence_pattern
        ? recurrenceLabel(draft.recurrence_pattern, draft.recurrence ?? null)
        : chip.label;
    case 'priority':
      return `${draft.priority ?? chip.label} priority`;
    case 'reminder':
      return draft.reminders?.length
        ? `Remind ${draft.reminders.map((one) => inSentence(one, reminderLabel(one))).join(', ')}`
        : 'No reminder';
    case 'tags':
      return chip.label;
  }
}

/** Dates keep their capital letters. */
function inSentence(reminder: Reminder, label: string): string {
  return reminder.at === undefined ? label.toLowerCase() : label;
}

function editorOf(chip: Match, draft: NewTask, zone: string, set: (fields: Fields) => void): ReactNode {
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
