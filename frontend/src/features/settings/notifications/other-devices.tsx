'use client';

import { Button } from '@/components/button';
import { day } from '@/features/settings/day';
import { type Device, removeDevice } from '@/lib/push/channels';
import { Channel, TestButton } from './channel';
import { useChannelChange } from './queries';

/** `onRemoved` is called when one was removed: its button, which had the focus, goes away. */
export function OtherDevices({ devices, onRemoved }: { devices: readonly Device[]; onRemoved: () => void }) {
  const remove = useChannelChange(removeDevice, 'The device gets no more reminders');
  if (devices.length === 0) return null;
  return (
    <ul aria-label="Other devices with notifications" className="divide-y divide-edge">
      {devices.map(({ id, name, created_at }) => (
        <li key={id}>
          <Channel
            name={name}
            note={`On since ${day(created_at)}`}
            error={remove.variables === id ? remove.error : null}
          >
            <TestButton device={id} way={`to ${name}`} />
            <Button
              size="small"
              look="danger"
              aria-label={`Remove ${name}`}
              aria-disabled={remove.isPending}
              onClick={() => !remove.isPending && remove.mutate(id, { onSuccess: onRemoved })}
            >
              Remove
            </Button>
          </Channel>
        </li>
      ))}
    </ul>
  );
}
