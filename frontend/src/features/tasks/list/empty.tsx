'use client';

import { Search } from 'lucide-react';
import { Button } from '@/components/button';
import type { ListQuery } from '@/features/tasks/data/lists';
import { classes } from '@/lib/classes';
import { focusOn } from '@/lib/key-targets';
import { go, setParameters } from '@/lib/location';
import { searchPath, type View } from '@/lib/views';

interface Action {
  label: string;
  run: () => void;
}

const ADD: Action = { label: 'Add a task', run: () => focusOn('quick-add') };
const NOT_NARROWED = { q: null, priority: null, tags: null, completed: null, status: null };

/** An empty list: an icon, a sentence and what one can do. */
export function Empty({ view, query, searching }: { view: View; query: ListQuery; searching: boolean }) {
  const narrowed = query.q !== '' || query.priority.length > 0 || (view.name !== 'tag' && query.tags.length > 0);
  const Icon = narrowed ? Search : view.icon;
  const isWithin = query.q !== '' && view.name !== 'search';
  const action = isWithin
    ? { label: 'Search all tasks', run: () => go(searchPath(query.q)) }
    : narrowed
      ? { label: 'Show all tasks', run: () => setParameters(NOT_NARROWED) }
      : actionOf(view);
  return (
    <div className="flex flex-col items-center gap-3 px-beside pt-16 text-center">
      <Icon aria-hidden className={classes('size-10 stroke-1', narrowed ? 'text-quiet' : view.tint)} />
      <p role="status" className="text-quiet">
        {searching ? 'Searching …' : narrowed ? 'No results' : (view.empty ?? 'No tasks')}
      </p>
      {!searching && (
        <Button look="link" onClick={action.run}>
          {action.label}
        </Button>
      )}
    </div>
  );
}

function actionOf({ name }: View): Action {
  switch (name) {
    case 'overdue':
      return { label: 'Go to Upcoming', run: () => go('/upcoming') };
    case 'completed':
    case 'trash':
      return { label: 'Go to Today', run: () => go('/today') };
    default:
      return ADD;
  }
}
