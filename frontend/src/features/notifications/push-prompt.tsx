'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/button';
import { tell, tellFailure } from '@/components/toasts';
import { explain } from '@/lib/api/problem';
import { HOME_SCREEN, setWish, support, wishOf } from '@/lib/push/device';
import { turnOn } from '@/lib/push/subscription';
import { useUser } from '@/lib/user';

/** Offers notifications of the browser to somebody who has just set a reminder. Asked once on each device. */
export function PushPrompt({ onDone }: { onDone: () => void }) {
  const { id } = useUser();
  const [busy, setBusy] = useState(false);
  const headingId = useId();
  const isPossible = support() === 'possible';

  async function allow(): Promise<void> {
    setBusy(true);
    try {
      await turnOn(id);
      tell('Reminders now come to this device, also when Todo is closed');
    } catch (error) {
      if (wishOf(id) === null) setWish(id, 'later'); // the browser has asked, too, and is not bothered again
      tellFailure(explain(error));
    }
    onDone();
  }

  return (
    <section
      aria-labelledby={headingId}
      className="fixed inset-x-3 bottom-20 z-30 mx-auto flex max-w-md flex-wrap items-center gap-2 rounded-card border border-edge bg-raised p-3 text-sm shadow-pop"
    >
      <p id={headingId} role="status" className="min-w-0 flex-1 basis-52">
        {isPossible ? 'Get this reminder even when Todo is closed?' : HOME_SCREEN}
      </p>
      <div className="ml-auto flex gap-2">
        {isPossible && (
          <Button look="main" size="small" aria-disabled={busy} onClick={() => !busy && void allow()}>
            Allow
          </Button>
        )}
        <Button
          size="small"
          onClick={() => {
            setWish(id, 'later');
            onDone();
          }}
        >
          {isPossible ? 'Not now' : 'OK'}
        </Button>
      </div>
    </section>
  );
}
