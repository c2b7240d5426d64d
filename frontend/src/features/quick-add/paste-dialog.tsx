'use client';

import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { type Line, useCreateAll } from '@/features/tasks/data/create-all';
import { leftOut } from './left-out';
import type { Pasted } from './pasted';

const MOST_LINES = 100;

interface Props {
  pasted: Pasted;
  /** Returns the task of a line. */
  taskOf: (line: string) => Line;
  onAdded: () => void;
  /** The text becomes one line of the field. */
  onCancel: () => void;
}

/** Asks whether pasted lines become tasks. */
export function PasteDialog({ pasted, taskOf, onAdded, onCancel }: Props) {
  const createAll = useCreateAll();
  const { lines } = pasted;
  const count = lines.length.toLocaleString('en');
  const isTooMany = lines.length > MOST_LINES;
  const title = isTooMany ? `${count} lines` : `Add ${count} ${lines.length === 1 ? 'task' : 'tasks'}?`;
  const bound = isTooMany ? `At most ${MOST_LINES} tasks can be added at once: paste fewer lines.` : '';
  return (
    <Dialog open onClose={onCancel} title={title} description={[bound, leftOut(pasted)].join(' ').trim() || undefined}>
      <ol
        aria-label="Tasks"
        tabIndex={0}
        className="mb-4 flex max-h-[40vh] flex-col overflow-y-auto rounded-lg border border-edge text-sm"
      >
        {lines.slice(0, MOST_LINES).map((line, at) => (
          <li key={at} dir="auto" className="border-b border-edge px-3 py-1.5 break-words last:border-0">
            {line}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        {!isTooMany && (
          <Button
            look="main"
            autoFocus
            onClick={() => {
              createAll(lines.map(taskOf));
              onAdded();
            }}
          >
            Add {count} {lines.length === 1 ? 'task' : 'tasks'}
          </Button>
        )}
        <Button onClick={onCancel}>Keep as one line</Button>
      </div>
    </Dialog>
  );
}
