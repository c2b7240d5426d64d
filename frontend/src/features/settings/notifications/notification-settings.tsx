'use client';

import { useRef } from 'react';
import { Failure } from '@/components/failure';
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
    <section aria-labelledby="notifications" className="flex flex-col gap-2">
      <h2 id="notifications" ref={heading} tabIndex={-1} className="text-xs font-medium text-quiet outline-none">
        Notifications
      </h2>
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
          <p className="text-xs text-quiet">The bell shows every reminder, and how it was sent.</p>
        </>
      )}
    </section>
  );
}
