'use client';

import { useRef } from 'react';
import { Failure } from '@/components/failure';
import { Group } from '@/features/settings/setting';
import { Digest } from './digest';
import { EmailChannel } from './email-channel';
import { OtherDevices } from './other-devices';
import { useChannels } from './queries';
import { QuietHours } from './quiet-hours';
import { ThisDevice } from './this-device';

/** Where reminders go besides the bell, and when. */
export function NotificationSettings() {
  const { data, error, refetch } = useChannels();
  const heading = useRef<HTMLHeadingElement>(null);
  const here = data?.push.devices.find(({ this_session }) => this_session) ?? null;
  return (
    <Group title="Notifications" heading={heading} note="The bell shows every reminder at once, and how it was sent.">
      {error && !data && <Failure error={error} onAgain={() => void refetch()} />}
      {data && (
        <>
          <EmailChannel email={data.email} />
          <ThisDevice device={here} />
          <OtherDevices
            devices={data.push.devices.filter((device) => device !== here)}
            onRemoved={() => heading.current?.focus()}
          />
          <QuietHours hours={data.quiet_hours} />
          <Digest />
        </>
      )}
    </Group>
  );
}
