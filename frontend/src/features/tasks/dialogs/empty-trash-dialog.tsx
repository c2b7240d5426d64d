'use client';

import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { useChange } from '@/features/tasks/data/mutations';

/** Asks before the tasks in the trash are deleted for good. The focus is on the button that keeps them. */
export function EmptyTrashDialog({ count, onClose }: { count: number; onClose: () => void }) {
  const { matching } = useChange();
  const tasks = count === 1 ? '1 task' : `${count.toLocaleString()} tasks`;

  function empty(): void {
    onClose();
    matching({
      where: { status: 'deleted', priority: [], tags: [] },
      excluded: [],
      operation: { op: 'purge', scope: 'this' },
      effect: null,
      count,
      said: `${tasks} deleted for good`,
    });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={`Delete ${tasks} for good?`}
      description="This cannot be undone. Your activity still shows what was done with them."
    >
      <div className="flex flex-wrap gap-2">
        <Button look="danger" onClick={empty}>
          Delete for good
        </Button>
        <Button autoFocus onClick={onClose}>
          Cancel
        </Button>
      </div>
    </Dialog>
  );
}
