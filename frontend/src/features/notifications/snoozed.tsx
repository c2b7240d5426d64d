'use client';

import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { tell } from '@/components/toasts';
import { useZone } from '@/lib/account';
import { momentLabel } from '@/lib/dates';
import { openTask } from '@/lib/location';
import { type PendingSnooze, useCancelSnooze, useSnoozes } from './queries';

interface Props {
  onOpen: () => void;
  /** Called when one was cancelled: its button, which had the focus, goes away. */
  onCancelled: () => void;
}

/** The reminders that are sent again, each with a button to cancel it. Nothing if there are none. */
export function Snoozed({ onOpen, onCancelled }: Props) {
  const { data } = useSnoozes();
  if (!data?.items.length) return null;
  return (
    <section aria-label="Snoozed" className="border-b border-edge bg-sunken px-3 py-2">
      <h3 className="text-xs font-medium text-quiet">Snoozed</h3>
      <ul className="max-h-40 overflow-y-auto">
        {data.items.map((item) => (
          <Item key={item.task_id} item={item} onOpen={onOpen} onCancelled={onCancelled} />
        ))}
      </ul>
    </section>
  );
}

function Item({ item, onOpen, onCancelled }: Props & { item: PendingSnooze }) {
  const zone = useZone();
  const cancel = useCancelSnooze(() => {
    tell('Snooze cancelled');
    onCancelled();
  });
  const send = () => {
    if (!cancel.isPending) cancel.mutate(item.task_id);
  };
  return (
    <li className="flex flex-wrap items-center gap-2">
      <button
        type="button"
        onClick={() => {
          openTask(item.task_id);
          onOpen();
        }}
        className="min-w-0 flex-1 text-left"
      >
        <span className="block truncate text-sm">{item.title}</span>
        <time dateTime={item.until} className="text-xs text-quiet">
          Again {momentLabel(new Date(item.until), zone)}
        </time>
      </button>
      <Button
        look="bare"
        size="small"
        aria-disabled={cancel.isPending}
        aria-label={`Cancel the snooze of “${item.title}”`}
        onClick={send}
      >
        Cancel
      </Button>
      {cancel.error && <Failure error={cancel.error} onAgain={send} />}
    </li>
  );
}
