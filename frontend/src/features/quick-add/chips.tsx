'use client';

import { Bell, Calendar, Flag, type LucideIcon, Repeat, Tag } from 'lucide-react';
import { keysOf } from '@/features/tasks/data/answers';
import { tooMany } from '@/features/tasks/data/limits';
import { useReminderLabel } from '@/features/tasks/data/provider';
import {
  chipsOf,
  type Decisions,
  draftOf,
  type Fields,
  type Match,
  type Parsed,
  phrasesOf,
} from '@/features/tasks/data/understood';
import { useZone } from '@/lib/account';
import { type Asked, Chip, LoneQuestion } from './chip';
import { editorOf, labelOf } from './chip-fields';

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

/** One chip per parsed field. Opening a chip edits the field; dismissing it makes its phrases part of the title. */
export function Chips({ parsed, decisions, onDecide }: Props) {
  const zone = useZone();
  const draft = draftOf(parsed, decisions);
  const reminderLabel = useReminderLabel(draft.due_date ?? null);
  const set = (fields: Fields) => onDecide({ ...decisions, fields: { ...decisions.fields, ...fields } });
  const dismiss = (chip: Match) =>
    onDecide({ ...decisions, literal: [...decisions.literal, ...phrasesOf(parsed, chip)] });
  const chips = chipsOf(parsed);
  const saysFirst = !chips.some(({ field }) => field === 'due_date');
  const asked = askedIn(parsed, decisions, onDecide);
  const fieldOf = ({ ambiguity }: Asked) =>
    chips.find(({ field }) => field === ambiguity.field && field !== 'tags')?.field ?? null;
  if (chips.length === 0 && asked.length === 0) return null;
  return (
    <ul aria-label="Understood" className="flex flex-wrap items-center gap-1">
      {chips.map((chip) => (
        <li key={`${chip.field} ${chip.label}`} className="max-w-full">
          <Chip
            icon={ICONS[chip.field]}
            label={labelOf(chip, draft, zone, { reminderLabel, saysFirst })}
            problem={chip.field === 'reminder' ? tooMany(draft, 'reminders') : null}
            editor={editorOf(chip, draft, zone, set)}
            questions={asked.filter((one) => fieldOf(one) === chip.field)}
            onDismiss={() => dismiss(chip)}
          />
        </li>
      ))}
      {asked
        .filter((one) => fieldOf(one) === null)
        .map((one) => (
          <li key={`${one.ambiguity.start} ${one.ambiguity.question}`} className="max-w-full">
            <LoneQuestion {...one} />
          </li>
        ))}
    </ul>
  );
}

function askedIn(parsed: Parsed, decisions: Decisions, onDecide: Props['onDecide']): Asked[] {
  const keys = keysOf(parsed.ambiguities);
  return parsed.ambiguities.map((ambiguity, at) => {
    const key = keys[at] ?? '';
    const answer = decisions.chosen[key];
    return {
      ambiguity,
      taken: answer ?? ambiguity.chosen,
      isOpen: answer === undefined,
      onChoose: (choice) => onDecide({ ...decisions, chosen: { ...decisions.chosen, [key]: choice } }),
    };
  });
}
