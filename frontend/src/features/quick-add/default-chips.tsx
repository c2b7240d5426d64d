import { Calendar, Tag, X } from 'lucide-react';
import { dayLabel, wallClock } from '@/lib/dates';
import { useHere } from '@/features/tasks/data/moment';
import type { Defaults } from '@/features/tasks/data/understood';

/** The defaults that the task takes from the view. Each can be removed. */
export function DefaultChips({ taken, onRemove }: { taken: Defaults; onRemove: (field: keyof Defaults) => void }) {
  const { now, zone } = useHere();
  const { due_date: day, tags } = taken;
  return (
    <ul aria-label="From this view" className="flex flex-wrap items-center gap-1 empty:hidden">
      {day !== undefined && (
        <Chip icon={Calendar} label={dayLabel(day, wallClock(now, zone).day)} onRemove={() => onRemove('due_date')} />
      )}
      {tags?.map((tag) => (
        <Chip key={tag} icon={Tag} label={`#${tag}`} onRemove={() => onRemove('tags')} />
      ))}
    </ul>
  );
}

function Chip({ icon: Icon, label, onRemove }: { icon: typeof Tag; label: string; onRemove: () => void }) {
  return (
    <li className="inline-flex h-7 items-center rounded-full border border-edge bg-sunken text-xs">
      <span className="flex items-center gap-1.5 pr-1.5 pl-2.5">
        <Icon aria-hidden className="size-3.5 text-quiet" />
        {label}
      </span>
      <button
        type="button"
        aria-label={`Remove: ${label}`}
        onClick={onRemove}
        className="flex h-full items-center rounded-r-full pr-2 pl-1 hover:bg-hover"
      >
        <X aria-hidden className="size-3.5" />
      </button>
    </li>
  );
}
