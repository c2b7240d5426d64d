'use client';

import { useEffect, useRef } from 'react';
import { openTaskNow, renumberOpenTask } from '@/lib/location';
import { useUser } from '@/lib/user';
import { holdKept, numberGiven, takeKept } from './kept';
import { useChange } from './mutations';

/** Sends the changes that other pages of this browser had not sent when they closed. */
export function SendKept() {
  const { id } = useUser();
  const { change: send } = useChange();
  const done = useRef(false);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    queueMicrotask(renumberOpened); // the router notices address changes only after its own effects have run
    holdKept(id);
    takeKept(id, (change) => {
      const again = change.kind === 'create' && navigator.onLine;
      send({ change: again ? { ...change, again } : change, quiet: true });
    });
  }, [id, send]);
  return null;
}

/** Puts the task's number into the address, if the page was left before that was done. */
function renumberOpened(): void {
  const open = openTaskNow();
  const number = open === null ? null : numberGiven(open);
  if (open !== null && number !== null) renumberOpenTask(open, number);
}
