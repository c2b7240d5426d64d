'use client';

import { useId } from 'react';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { TimeField } from '@/components/time-field';
import { explain } from '@/lib/api/problem';
import { useZone } from '@/lib/account';
import { type QuietHours as Hours, setQuietHours } from '@/lib/push/channels';
import { useChannelChange } from './queries';

const USUAL: Hours = { start: '22:00', end: '07:00' };

/** When nothing is sent. The bell shows reminders at once. */
export function QuietHours({ hours }: { hours: Hours | null }) {
  const zone = useZone();
  const headingId = useId();
  const set = useChannelChange<Hours | null>(setQuietHours, 'Saved');
  const turn = () => !set.isPending && set.mutate(hours ? null : USUAL);
  return (
    <div role="group" aria-labelledby={headingId} className="flex flex-col gap-2 px-4 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-44">
          <p id={headingId}>Quiet hours</p>
          <p className="text-xs text-quiet">
            {hours
              ? `E-mails and notifications of devices wait until they end. In the time zone ${zone}.`
              : 'Off: e-mails and notifications of devices come at any time'}
          </p>
        </div>
        <Button
          size="small"
          aria-label={hours ? 'Turn off quiet hours' : 'Turn on quiet hours'}
          aria-disabled={set.isPending}
          onClick={turn}
        >
          {hours ? 'Turn off' : 'Turn on'}
        </Button>
      </div>
      {hours && (
        <div className="grid grid-cols-2 gap-2">
          <Field label="From">
            {(control) => (
              <TimeField {...control} value={hours.start} onCommit={(start) => set.mutate({ ...hours, start })} />
            )}
          </Field>
          <Field label="Until">
            {(control) => (
              <TimeField {...control} value={hours.end} onCommit={(end) => set.mutate({ ...hours, end })} />
            )}
          </Field>
        </div>
      )}
      {set.error && (
        <p role="alert" className="text-xs text-danger">
          {explain(set.error)}
        </p>
      )}
    </div>
  );
}
