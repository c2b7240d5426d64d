'use client';

import { Button } from '@/components/button';
import { AuthError } from '@/lib/auth/client';
import { type Channels, turnEmailOff, turnEmailOn } from '@/lib/push/channels';
import { useUser } from '@/lib/user';
import { Channel, TestButton } from './channel';
import { useChannelChange } from './queries';

const NAME = 'E-mail';

export function EmailChannel({ email: { available, address, problem } }: Pick<Channels, 'email'>) {
  const user = useUser();
  const on = useChannelChange(turnEmailOn, 'Reminders now come by e-mail');
  const off = useChannelChange(turnEmailOff, 'Reminders no longer come by e-mail');
  if (!available) return <Channel name={NAME} note="This installation sends no mail." />;
  const isOn = address !== null;
  const change = isOn ? off : on;
  const isUnconfirmed = on.error instanceof AuthError && on.error.code === 'ADDRESS_NOT_CONFIRMED';
  return (
    <Channel
      name={NAME}
      note={!isOn ? 'Off' : problem ? `Paused: ${address}` : `On: reminders come to ${address}`}
      problem={isUnconfirmed ? <Unconfirmed /> : problemOf(problem, isOn && address !== user.email)}
      error={isUnconfirmed ? null : change.error}
    >
      {isOn && <TestButton device={null} way="by e-mail" />}
      <Button
        size="small"
        aria-label={isOn ? 'Turn off reminders by e-mail' : 'Turn on reminders by e-mail'}
        aria-disabled={change.isPending}
        onClick={() => !change.isPending && change.mutate()}
      >
        {isOn ? 'Turn off' : 'Turn on'}
      </Button>
    </Channel>
  );
}

function problemOf(problem: string | null, isOtherAddress: boolean): string | null {
  if (isOtherAddress) return 'Your account has another address now. Turn e-mail off and on again to use that one.';
  return (
    problem &&
    `The last mail did not arrive: ${problem}. When that is repaired, send a test: if it arrives, reminders come again.`
  );
}

function Unconfirmed() {
  return (
    <span role="alert">
      Your address is not confirmed yet.{' '}
      <a href="/forgot-password" className="underline">
        Choose a new password by mail
      </a>
      : the link in that mail confirms the address. Then turn e-mail on.
    </span>
  );
}
