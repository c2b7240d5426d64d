'use client';

import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import type { Scope } from './model';

interface Props {
  /** Of the tasks that are changed, some of which repeat. */
  count: number;
  /** Null when the person thinks again. */
  onChoose: (scope: Scope | null) => void;
}

/** Whether a change is about one occurrence or the series from here on: asked once, however many there are. */
export function ScopeDialog({ count, onChoose }: Props) {
  const [title, alone, series] =
    count === 1
      ? ['This task repeats', 'This one alone', 'This one and all that follow']
      : ['Some of these tasks repeat', 'These alone', 'These and all that follow'];
  return (
    <Dialog open onClose={() => onChoose(null)} title={title} description="What shall the change be about?">
      <div className="flex flex-wrap gap-2">
        <Button look="main" onClick={() => onChoose('this')}>
          {alone}
        </Button>
        <Button onClick={() => onChoose('series')}>{series}</Button>
      </div>
    </Dialog>
  );
}
