'use client';

import { type SubmitEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Field, Input } from '@/components/field';
import { useIsAlive } from '@/lib/alive';
import { authRequest } from '@/lib/auth/client';
import { MailSent } from './mail-sent';
import { FormFailure } from './password-field';
import { entered, useAttempt } from './use-attempt';

/** Asks for a link by mail. The answer is the same for every address. */
export function ForgotForm({ isStored }: { isStored: boolean }) {
  const { failure, busy, attempt } = useAttempt();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const disabled = !useIsAlive() || busy;

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const { email = '' } = entered(event.currentTarget);
    void attempt(async () => {
      await authRequest('password-reset', { email });
      setSentTo(email);
    });
  }

  if (sentTo !== null)
    return (
      <MailSent isStored={isStored}>
        If <strong className="break-words">{sentTo}</strong> has an account, a link to choose a new password is on its
        way. It works for one hour.
      </MailSent>
    );
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-3">
      <Field label="E-mail" hint="We send you a link to choose a new password">
        {(control) => (
          <Input {...control} name="email" type="email" autoComplete="email" required maxLength={254} autoFocus />
        )}
      </Field>
      <FormFailure failure={failure} />
      <Button type="submit" look="main" disabled={disabled}>
        Send the link
      </Button>
    </form>
  );
}
