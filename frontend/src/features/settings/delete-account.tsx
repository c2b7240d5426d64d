'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { tell, tellFailure } from '@/components/toasts';
import { IdentityField } from '@/features/account/identity';
import { FormFailure } from '@/features/account/password-field';
import { entered, useAttempt } from '@/features/account/use-attempt';
import { useProof } from '@/features/account/use-proof';
import { explain } from '@/lib/api/problem';
import { authRead, authRequest } from '@/lib/auth/client';
import { format } from '@/lib/dates';
import { Entry, Group } from './setting';
import { Unloaded } from './unloaded';

const KEY = ['account-deletion'];
const LOST = 'Everything in it is deleted: tasks, reminders, conversations and settings.';
const GRACE = 'You have seven days to change your mind.';

interface Deletion {
  /** When the account is deleted; null if nobody has asked for it. */
  dueAt: string | null;
}

/** Deletes the account in seven days, and until then offers to keep it. */
export function DeleteAccount() {
  const client = useQueryClient();
  const query = useQuery({ queryKey: KEY, queryFn: () => authRead<Deletion>('account-deletion') });
  const [open, setOpen] = useState(false);
  const again = () => client.invalidateQueries({ queryKey: KEY });

  const keep = useMutation({
    mutationFn: () => authRequest('account-deletion/cancel'),
    onSuccess: () => tell('Your account stays'),
    onError: (error) => tellFailure(explain(error)),
    onSettled: again,
  });

  if (!query.data) return <Unloaded title="Delete the account" query={query} />;
  const { dueAt } = query.data;
  return (
    <Group title="Delete the account">
      {dueAt ? (
        <Entry
          title={`Your account will be deleted on ${format({ dateStyle: 'long' }).format(new Date(dueAt))}`}
          lines={[LOST]}
        >
          <Button look="main" disabled={keep.isPending} onClick={() => keep.mutate()}>
            Keep the account
          </Button>
        </Entry>
      ) : (
        <Entry title="Delete the account" lines={[LOST, GRACE]}>
          <Button look="danger" onClick={() => setOpen(true)}>
            Delete the account…
          </Button>
        </Entry>
      )}
      {open && (
        <Dialog open onClose={() => setOpen(false)} title="Delete the account">
          <DeleteForm
            onDone={() => {
              setOpen(false);
              void again();
            }}
          />
        </Dialog>
      )}
    </Group>
  );
}

function DeleteForm({ onDone }: { onDone: () => void }) {
  const { failure, busy, attempt } = useAttempt();
  const { proved, dialog } = useProof();

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const { password = '' } = entered(event.currentTarget);
    void attempt(async () => {
      await proved(() => authRequest('account-deletion/request', { password }), password);
      onDone();
    });
  }

  return (
    <>
      <form method="post" onSubmit={submit} className="flex flex-col gap-3">
        <p className="text-sm text-quiet">
          {LOST} {GRACE}
        </p>
        <IdentityField failure={failure} />
        <FormFailure failure={failure} />
        <Button type="submit" look="danger" disabled={busy} className="self-start">
          Delete in seven days
        </Button>
      </form>
      {dialog}
    </>
  );
}
