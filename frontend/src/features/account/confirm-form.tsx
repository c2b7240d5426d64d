'use client';

import type { SubmitEvent } from 'react';
import { Button } from '@/components/button';
import { useIsAlive } from '@/lib/alive';
import { authRequest } from '@/lib/auth/client';
import { forgetSession } from './session';
import { FormFailure, PasswordField } from './password-field';
import { entered, useAttempt } from './use-attempt';

/** The last step of signing up: a password, with the token of the mail, which is in the fragment of the URL. */
export function ConfirmForm() {
  const { failure, busy, attempt } = useAttempt();
  const disabled = !useIsAlive() || busy;

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const { password = '' } = entered(event.currentTarget);
    void attempt(async () => {
      await authRequest('sign-up/confirm', { token: location.hash.slice(1), password });
      await forgetSession(); // another account may have been signed in here
      location.replace('/welcome');
    });
  }

  return (
    <>
      <form method="post" onSubmit={submit} className="flex flex-col gap-3">
        <PasswordField label="Password" name="password" isNew failure={failure} />
        <FormFailure failure={failure} />
        <Button type="submit" look="main" disabled={disabled}>
          Create the account
        </Button>
      </form>
      <p className="mt-4 text-sm text-quiet">
        <a href="/sign-up" className="text-accent underline">
          Ask for a new link
        </a>
        {' or '}
        <a href="/sign-in" className="text-accent underline">
          sign in
        </a>
      </p>
    </>
  );
}
