'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { toggle } from '@/lib/overlays';
import { countKept, takeKept } from '@/features/tasks/data/kept';
import { SENDING } from '@/lib/query-keys';
import { useChange } from '@/features/tasks/data/mutations';
import { support } from '@/lib/push/device';
import { useUser } from '@/lib/user';
import { endSession } from './session';

const LOOK_MS = 100;
const PATIENCE_MS = 10_000;
const PUSH_MS = 1500;

/** Ends the session once all changes of this browser are saved. If some cannot be saved, the person decides. */
export function SigningOut() {
  const { id } = useUser();
  const client = useQueryClient();
  const { change: send } = useChange();
  const [waiting, setWaiting] = useState(0);
  const [late, setLate] = useState(false);
  const ending = useRef(false);
  const stay = () => toggle('signOut', false);

  function end(): void {
    if (ending.current) return;
    ending.current = true;
    void endSession(id).then(stay);
  }

  useEffect(() => {
    takeKept(id, (change) => send({ change, quiet: true }));
    const start = Date.now();
    let isPushEnded = false;
    void endPush(id).then(() => (isPushEnded = true));
    function look(): void {
      // Without storage, changes are still being sent.
      const count = Math.max(countKept(id), client.isMutating({ mutationKey: SENDING }));
      setWaiting(count);
      setLate(!navigator.onLine || Date.now() - start > PATIENCE_MS);
      if (count === 0 && isPushEnded) end();
    }
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => {
      clearInterval(timer);
      void renewPush(id); // who is still here stays signed in
    };
  }, []); // eslint-disable-line react-hooks/exhaustive-deps -- from when it was asked for until it is decided

  if (waiting === 0) return null;
  const changes = waiting === 1 ? 'One change is' : `${waiting} changes are`;
  return (
    <Dialog open onClose={stay} title="Signing out">
      <p role="status" className="mb-4 text-sm">
        {late
          ? `${changes} not saved yet. Whoever signs out now loses what is not saved.`
          : `Saving … ${changes} on the way.`}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="main" onClick={stay}>
          Stay signed in
        </Button>
        {late && (
          <Button look="danger" onClick={end}>
            Sign out and lose {waiting === 1 ? 'it' : 'them'}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

async function renewPush(userId: string): Promise<void> {
  if (support() !== 'possible') return;
  const { renew } = await import('@/lib/push/subscription');
  await renew(userId).catch((error: unknown) => console.warn('the subscription to push is not renewed', error));
}

/** A device that is signed out gets no more reminders. The end of the session does the same at the server, later. */
async function endPush(userId: string): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, PUSH_MS));
  const ended = import('@/lib/push/subscription')
    .then(({ endWithSession }) => endWithSession(userId))
    .catch((error: unknown) => console.warn('the subscription to push is not ended', error));
  await Promise.race([ended, late]);
}
