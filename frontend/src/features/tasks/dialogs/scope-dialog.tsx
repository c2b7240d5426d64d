'use client';

import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import type { ScopedAction, ScopeQuestion } from '@/features/tasks/data/scope';

const ACTIONS: Record<ScopedAction, (what: string) => string> = {
  change: (what) => `Change ${what}?`,
  trash: (what) => `Move ${what} to the trash?`,
};

/** Has the focus first. */
const SAFE = { 'data-safe': true };

/** Asks, once for all tasks, whether a change applies to one occurrence or also to all later ones. */
export function ScopeDialog({ question: { action, tasks, count, answer } }: { question: ScopeQuestion }) {
  const [first] = tasks;
  const isOne = count === 1 && first !== undefined;
  const what = isOne ? `“${first.title}”` : `${count.toLocaleString()} tasks`;
  const [alone, series, repeats] = isOne
    ? ['Only this one', 'This and following tasks', 'This task repeats.']
    : ['Only these', 'These and following tasks', 'Some of these tasks repeat.'];
  const trashes = action === 'trash';
  return (
    <Dialog
      open
      onClose={() => answer(null)}
      title={ACTIONS[action](what)}
      description={
        trashes ? `${repeats} The following tasks can stay.` : `${repeats} The following tasks can change too.`
      }
    >
      <div className="flex flex-wrap gap-2">
        <Button look={trashes ? 'danger' : 'main'} onClick={() => answer('this')} {...(trashes ? {} : SAFE)}>
          {alone}
        </Button>
        <Button look={trashes ? 'danger' : 'plain'} onClick={() => answer('series')}>
          {series}
        </Button>
        <Button look="bare" onClick={() => answer(null)} {...(trashes ? SAFE : {})}>
          Cancel
        </Button>
      </div>
    </Dialog>
  );
}
