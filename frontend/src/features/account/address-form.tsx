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
  const [done, setDone] = useState<'moved' | 'not-moved' | null>(null);
  const disabled = !useIsAlive() || busy;
  const change = () =>
    attempt(async () => {
      await confirm(location.hash.slice(1));
      history.replaceState(null, '', location.pathname);
      setDone(
        await moveMails().then(
          () => 'moved' as const,
          () => 'not-moved' as const,
        ),
      );
    });

  if (done)
    return (
      <p role="status" className="text-sm">
        Your account has this address now. Sign in with it from the next time on.{' '}
        {done === 'not-moved' && 'Mails about your tasks still go to the old one: change that in the settings. '}
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

/** Reminders by mail and the daily digest go to the new address from now on, too. */
async function moveMails(): Promise<void> {
  const { user } = await authRead<{ user: { id: string; email: string } }>('get-session');
  const channels = await import('@/lib/push/channels');
  const isOther = (address: string | null) => address !== null && address !== user.email;
  if (isOther((await channels.fetchChannels(user.id)).email.address)) await channels.turnEmailOn(user.id);
  const { address, send_at: sendAt, time_zone: zone } = await channels.fetchDigest(user.id);
  if (isOther(address) && sendAt !== null && zone !== null) await channels.turnDigestOn(user.id, { sendAt, zone });
}

async function confirm(token: string): Promise<void> {
  try {
    await authRequest('change-address/confirm', { token });
  } catch (error) {
    throw error instanceof AuthError && error.code === 'UNAUTHORIZED' ? new AuthError(SIGNED_OUT) : error;
  }
}
