'use client';

import { useState } from 'react';
import { Button } from '@/components/button';
import { useIsAlive } from '@/lib/alive';
import { AuthError, authRead, authRequest } from '@/lib/auth/client';
import { FormFailure } from './password-field';
import { useAttempt } from './use-attempt';

const SIGNED_OUT = 'Sign in to the account in this browser first. Then open the link in the mail once more.';

/** Makes the change of the address whose token is in the fragment of the URL. */
export function AddressForm() {
  const { failure, busy, attempt } = useAttempt();
  const [isDone, setIsDone] = useState(false);
  const disabled = !useIsAlive() || busy;
  const change = () =>
    attempt(async () => {
      await confirm(location.hash.slice(1));
      history.replaceState(null, '', location.pathname);
      void moveReminders().catch(() => undefined); // the settings show the address that they go to
      setIsDone(true);
    });

  if (isDone)
    return (
      <p role="status" className="text-sm">
        Your account has this address now. Sign in with it from the next time on.{' '}
        <a href="/settings?section=account" className="text-accent underline">
          Open the settings
        </a>
      </p>
    );
  return (
    <div className="flex flex-col gap-3">
      <FormFailure failure={failure} />
      <Button look="main" disabled={disabled} onClick={() => void change()}>
        Use this address
      </Button>
    </div>
  );
}

/** Reminders by mail go to the new address from now on, too. */
async function moveReminders(): Promise<void> {
  const { user } = await authRead<{ user: { id: string; email: string } }>('get-session');
  const { fetchChannels, turnEmailOn } = await import('@/lib/push/channels');
  const { email } = await fetchChannels(user.id);
  if (email.address !== null && email.address !== user.email) await turnEmailOn(user.id);
}

async function confirm(token: string): Promise<void> {
  try {
    await authRequest('change-address/confirm', { token });
  } catch (error) {
    throw error instanceof AuthError && error.code === 'UNAUTHORIZED' ? new AuthError(SIGNED_OUT) : error;
  }
}
