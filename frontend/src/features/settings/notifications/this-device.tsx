'use client';

import { Button } from '@/components/button';
import type { Device } from '@/lib/push/channels';
import { HOME_SCREEN, showsNotifications, support } from '@/lib/push/device';
import { turnOff, turnOn } from '@/lib/push/subscription';
import { useUser } from '@/lib/user';
import { Channel, TestButton } from './channel';
import { useChannelChange } from './queries';

const NAME = 'This device';
const NOT_SUPPORTED = 'This browser cannot show notifications.';
const BLOCKED =
  'This browser blocks notifications of Todo. Allow them in its settings for this site, then load this page again.';
const OPEN_ONLY = 'On, but only while Todo is open in the background';

/** Notifications of this browser. `device` is what the server knows of it: null if it is not subscribed. */
export function ThisDevice({ device }: { device: Device | null }) {
  const { id } = useUser();
  const isOn = showsNotifications(id); // a change of it renders this anew
  const on = useChannelChange(turnOn, 'Reminders now come to this device, also when Todo is closed');
  const off = useChannelChange(turnOff, 'Reminders no longer come to this device');
  const isBusy = on.isPending || off.isPending;
  if (support() === 'home-screen') return <Channel name={NAME} note={HOME_SCREEN} />;
  if (support() === 'impossible') return <Channel name={NAME} note={NOT_SUPPORTED} />;
  if (Notification.permission === 'denied') return <Channel name={NAME} note="Off" problem={BLOCKED} />;
  const turn = (change: typeof on) => {
    if (isBusy) return;
    on.reset();
    change.mutate();
  };
  const isWhole = isOn && device !== null;
  return (
    <Channel
      name={device ? `${NAME}: ${device.name}` : NAME}
      note={isWhole ? 'On, also when Todo is closed' : isOn ? OPEN_ONLY : 'Off'}
      error={on.error ?? off.error}
    >
      {isWhole && <TestButton device={device.id} way="to this device" />}
      {isOn && !isWhole && (
        <Button size="small" aria-disabled={isBusy} onClick={() => turn(on)}>
          Try again
        </Button>
      )}
      <Button
        size="small"
        aria-label={isOn ? 'Turn off notifications on this device' : 'Turn on notifications on this device'}
        aria-disabled={isBusy}
        onClick={() => turn(isOn ? off : on)}
      >
        {isOn ? 'Turn off' : 'Turn on'}
      </Button>
    </Channel>
  );
}
