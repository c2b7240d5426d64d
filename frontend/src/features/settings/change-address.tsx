'use client';

import { type SubmitEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Field, Input } from '@/components/field';
import { IdentityField } from '@/features/account/identity';
import { FormFailure } from '@/features/account/password-field';
import { entered, useAttempt } from '@/features/account/use-attempt';
import { useProof } from '@/features/account/use-proof';
import { authRequest } from '@/lib/auth/client';

/** Asks for a new e-mail address. A mail to it has the link that makes the change. */
export function ChangeAddress({ onDone }: { onDone: () => void }) {
  const { failure, busy, attempt } = useAttempt();
  const { proved, dialog } = useProof();
  const [sentTo, setSentTo] = useState<string | null>(null);

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const { email = '', password = '' } = entered(event.currentTarget);
    void attempt(async () => {
      await proved(() => authRequest('change-address', { email, password }), password);
      setSentTo(email);
    });
  }

  if (sentTo !== null)
    return (
      <div role="status" className="flex flex-col gap-3 text-sm">
        <p>
          A mail to <strong className="break-words">{sentTo}</strong> is on its way. Open the link in it within an hour.
          Until then you sign in with your present address.
        </p>
        <Button look="main" onClick={onDone} className="self-start" autoFocus>
          Done
        </Button>
      </div>
    );
  return (
    <>
      <form method="post" onSubmit={submit} className="flex flex-col gap-3">
        <Field label="New address" hint="We send a link to it">
          {(control) => (
            <Input {...control} name="email" type="email" autoComplete="email" required maxLength={254} autoFocus />
          )}
        </Field>
        <IdentityField failure={failure} />
        <FormFailure failure={failure} />
        <Button type="submit" look="main" disabled={busy} className="self-start">
          Send the link
        </Button>
      </form>
      {dialog}
    </>
  );
}
