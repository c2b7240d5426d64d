'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Failure } from '@/components/failure';
import { tell, tellFailure } from '@/components/toasts';
import { useProof } from '@/features/account/use-proof';
import { explain } from '@/lib/api/problem';
import { authRead, authRequest } from '@/lib/auth/client';
import type { Passkey } from '@/lib/auth/passkeys';
import { addPasskey, hasPasskeys } from '@/lib/auth/webauthn';
import { day } from './day';
import { Entry } from './setting';

const KEY = ['passkeys'];

/** The passkeys of the account: what signs in instead of the password. */
export function Passkeys() {
  const client = useQueryClient();
  const { proved, dialog } = useProof();
  const adding = useRef<HTMLButtonElement>(null);
  const [leaving, setLeaving] = useState<Passkey | null>(null);
  const { data, error, refetch } = useQuery({ queryKey: KEY, queryFn: () => authRead<Passkey[]>('passkeys') });
  const onSettled = () => client.invalidateQueries({ queryKey: KEY });
  const onError = (error: Error) => tellFailure(explain(error));
  const add = useMutation({
    mutationFn: () => proved(addPasskey),
    onSuccess: () => tell('The passkey is added'),
    onError,
    onSettled,
  });
  const remove = useMutation({
    mutationFn: ({ id }: Passkey) => proved(() => authRequest('passkey/delete-passkey', { id })),
    onSuccess: () => {
      tell('The passkey is deleted');
      adding.current?.focus(); // the button is gone
    },
    onError,
    onSettled,
  });
  if (error && !data) return <Failure error={error} onAgain={() => void refetch()} />;
  if (!data) return null;
  return (
    <>
      <Entry
        title="Passkeys"
        lines={['Sign in with the lock of a device, such as a fingerprint, instead of the password and a code.']}
      >
        {hasPasskeys() ? (
          <Button ref={adding} aria-disabled={add.isPending} onClick={() => !add.isPending && add.mutate()}>
            Add a passkey…
          </Button>
        ) : (
          <p className="text-xs text-quiet">This browser has none.</p>
        )}
      </Entry>
      {data.map((passkey) => (
        <Entry key={passkey.id} title={passkey.name} lines={[`Added ${day(passkey.createdAt)}`]}>
          <Button
            size="small"
            look="danger"
            aria-label={`Delete the passkey “${passkey.name}”`}
            disabled={remove.isPending}
            onClick={() => setLeaving(passkey)}
          >
            Delete
          </Button>
        </Entry>
      ))}
      {leaving && (
        <Confirm
          title={`Delete the passkey “${leaving.name}”?`}
          description="It does not sign in any more. You may also delete it on the device that has it."
          action="Delete the passkey"
          onConfirm={() => remove.mutate(leaving)}
          onClose={() => setLeaving(null)}
        />
      )}
      {dialog}
    </>
  );
}
