/** Tells when the user has set a reminder, in whatever way. */
import type { QueryClient } from '@tanstack/react-query';
import type { Change } from '@/features/tasks/data/changes';
import type { Outcome } from '@/features/tasks/data/send';
import { SENDING } from '@/lib/query-keys';

/** Calls `then` for each change that the server has accepted and that sets a reminder. Returns the end of it. */
export function onReminderSet(client: QueryClient, then: () => void): () => void {
  return client.getMutationCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return;
    if (event.mutation.options.mutationKey !== SENDING) return;
    const { change } = event.mutation.state.variables as { change: Change };
    if (setsReminder(change, event.action.data as Outcome)) then();
  });
}

function setsReminder(change: Change, { tasks }: Outcome): boolean {
  if (change.kind === 'create') return tasks.some(({ reminders }) => reminders.length > 0);
  return change.kind === 'edit' && change.edits.some(({ fields }) => (fields.reminders?.length ?? 0) > 0);
}
