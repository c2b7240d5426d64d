'use client';

import { useRef } from 'react';
import { RemovableChip } from '@/components/removable-chip';
import { useKeptFocus } from '@/components/kept-focus';
import { priorityWords } from '@/features/tasks/data/labels';
import type { ListQuery } from '@/features/tasks/data/lists';
import { isSameTag } from '@/features/tasks/data/tags';
import { focusOn } from '@/lib/key-targets';
import { go, setParameters } from '@/lib/location';
import { searchPath, type View } from '@/lib/views';
import { STATUS_LABELS } from './list-query';

interface Chip {
  label: string;
  remove: () => void;
}

/** Returns what narrows the list, with how to remove it. A search within a view is widened to all tasks. */
export function filtersOf(view: View, title: string, query: ListQuery): Chip[] {
  const { q, status, priority, tags } = query;
  const scope = { label: `In ${title}`, remove: () => searchEverywhere(q) };
  const isOtherStatus = status !== view.list?.status;
  const byStatus = {
    label: view.name === 'search' ? (STATUS_LABELS[status] ?? status) : 'With completed tasks',
    remove: () => setParameters({ status: null, completed: null }),
  };
  return [
    ...(q !== '' && view.name !== 'search' ? [scope] : []),
    ...(isOtherStatus ? [byStatus] : []),
    ...priority.map((one) => ({
      label: priorityWords(one),
      remove: () => setParameters({ priority: priority.filter((other) => other !== one) }),
    })),
    ...(view.name === 'tag' ? [] : tags).map((tag) => ({
      label: `#${tag}`,
      remove: () => setParameters({ tags: tags.filter((other) => !isSameTag(other, tag)) }),
    })),
  ];
}

function searchEverywhere(q: string): void {
  go(searchPath(q));
  setTimeout(() => focusOn('search'));
}

/** The filters of the list, each with a button that removes it. */
export function FilterChips({ view, title, query }: { view: View; title: string; query: ListQuery }) {
  const row = useRef<HTMLDivElement>(null);
  const kept = useKeptFocus(row, () => {
    const next = row.current?.querySelector('button');
    if (next) next.focus();
    else focusOn('search');
  });
  const chips = filtersOf(view, title, query);
  return (
    <div
      ref={row}
      {...kept}
      {...(chips.length > 0 ? { role: 'group', 'aria-label': 'Filters' } : {})}
      className="mx-auto flex w-full max-w-column flex-wrap gap-1.5 px-beside pb-3 empty:hidden"
    >
      {chips.map(({ label, remove }) => (
        <RemovableChip key={label} label={label} remove={`Remove the filter: ${label}`} onRemove={remove} />
      ))}
    </div>
  );
}
