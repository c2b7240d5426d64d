'use client';

import type { SubmitEvent } from 'react';
import { Button } from '@/components/button';
import { useIsAlive } from '@/lib/alive';
import { FormFailure, PasswordField } from './password-field';
import { entered, useAttempt } from './use-attempt';

interface Props {
  label: string;
  action: string;
  /** Sends the password with the token of the mail, which is in the fragment of the URL. */
  send: (token: string, password: string) => Promise<void>;
}

/** The form of a page that a link in a mail opens. */
export function NewPasswordForm({ label, action, send }: Props) {
  const { failure, busy, attempt } = useAttempt();
  const disabled = !useIsAlive() || busy;

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const { password = '' } = entered(event.currentTarget);
    void attempt(() => send(location.hash.slice(1), password));
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-3">
      <PasswordField label={label} name="password" isNew failure={failure} />
      <FormFailure failure={failure} />
      <Button type="submit" look="main" disabled={disabled}>
        {action}
      </Button>
    </form>
  );
}
