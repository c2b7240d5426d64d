'use client';

import type { SubmitEvent } from 'react';
import { Button } from '@/components/button';
import { useIsAlive } from '@/lib/alive';
import { AuthError, authRequest } from '@/lib/auth/client';
import { FormFailure, PasswordField } from './password-field';
import { entered, useAttempt } from './use-attempt';

const ENDED = 'This link has been used, has been replaced by a newer one, or is older than an hour.';

/** Chooses a new password with the token of a mail, which is in the fragment of the URL. */
export function ResetForm() {
  const { failure, busy, attempt } = useAttempt();
  const disabled = !useIsAlive() || busy;

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const { password = '' } = entered(event.currentTarget);
    void attempt(async () => {
      await resetPassword(location.hash.slice(1), password);
      location.replace('/sign-in?notice=password-changed');
    });
  }

  return (
    <>
      <form method="post" onSubmit={submit} className="flex flex-col gap-3">
        <PasswordField label="New password" name="password" isNew failure={failure} />
        <FormFailure failure={failure} />
        <Button type="submit" look="main" disabled={disabled}>
          Change the password
        </Button>
      </form>
      <p className="mt-4 text-sm text-quiet">
        All devices and apps are signed out.{' '}
        <a href="/forgot-password" className="text-accent underline">
          Ask for a new link
        </a>
      </p>
    </>
  );
}

async function resetPassword(token: string, newPassword: string): Promise<void> {
  try {
    await authRequest('reset-password', { token, newPassword });
  } catch (error) {
    throw error instanceof AuthError && error.code === 'INVALID_TOKEN' ? new AuthError(ENDED) : error;
  }
}
