'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/button';
import { laterOverlay } from '@/components/later';
import { useTaskList } from '@/features/tasks/data/queries';
import { useIsOnline } from '@/lib/online';

const EmptyTrashDialog = laterOverlay(
  () => import('@/features/tasks/dialogs/empty-trash-dialog').then((found) => found.EmptyTrashDialog),
  ({ onClose }) => onClose(),
);

/** Empties the whole trash, whatever filters its list has. */
export function EmptyTrash() {
  const [isAsking, setIsAsking] = useState(false);
  const isOnline = useIsOnline(); // later, the trash could have other tasks than now
  const count = useTaskList({ status: 'deleted', sort: 'updated_at', priority: [], tags: [], q: '' }).data?.pages[0]
    ?.total;
  return (
    <>
      <Button look="bare" size="small" disabled={!count || !isOnline} onClick={() => setIsAsking(true)}>
        <Trash2 aria-hidden className="size-4 sm:hidden" />
        <span className="max-sm:sr-only">Empty trash</span>
      </Button>
      {isAsking && <EmptyTrashDialog count={count ?? 0} onClose={() => setIsAsking(false)} />}
    </>
  );
}
