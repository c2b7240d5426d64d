'use client';

import { useState } from 'react';
import { Button } from '@/components/button';
import { useIsAlive } from '@/lib/alive';
import { authRequest } from '@/lib/auth/client';
import { FormFailure } from './password-field';
import { useAttempt } from './use-attempt';

/** Makes the change of the address whose token is in the fragment of the URL. */
export function AddressForm() {
  const { failure, busy, attempt } = useAttempt();
  const [isDone, setIsDone] = useState(false);
  const disabled = !useIsAlive() || busy;
  const change = () =>
    attempt(async () => {
      await authRequest('change-address/confirm', { token: location.hash.slice(1) });
      history.replaceState(null, '', location.pathname);
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
