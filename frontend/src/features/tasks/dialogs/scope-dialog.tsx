'use client';

import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import type { Scope } from '@/features/tasks/data/model';

interface Props {
  /** Number of tasks to change; at least one of them recurs. */
  count: number;
  /** Null cancels the change. */
  onChoose: (scope: Scope | null) => void;
}

/** Asks, once for all tasks, whether a change applies to one occurrence or also to all later ones. */
export function ScopeDialog({ count, onChoose }: Props) {
  const [title, alone, series] =
    count === 1
      ? ['This task repeats', 'Only this one', 'This and following tasks']
      : ['Some of these tasks repeat', 'Only these', 'These and following tasks'];
  return (
    <Dialog
      open
      onClose={() => onChoose(null)}
      title={title}
      description="Change only this one, or the following ones too?"
    >
      <div className="flex flex-wrap gap-2">
        <Button look="main" onClick={() => onChoose('this')}>
          {alone}
        </Button>
        <Button onClick={() => onChoose('series')}>{series}</Button>
      </div>
    </Dialog>
  );
}
