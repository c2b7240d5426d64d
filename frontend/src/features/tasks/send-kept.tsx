'use client';

import { useEffect, useRef } from 'react';
import { openTaskNow, renumberOpenTask } from '@/lib/location';
import { useUser } from '@/lib/user';
import { holdKept, numberGiven, takeKept } from './kept';
import { useChange } from './mutations';

/** Sends what other pages of this browser could not before they were closed. */
export function SendKept() {
  const { id } = useUser();
  const { change: send } = useChange();
  const done = useRef(false);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    queueMicrotask(renumberOpened); // the router notices changes of the address once its own effects have run
    holdKept(id);
    takeKept(id, (change) => {
      const again = change.kind === 'create' && navigator.onLine;
      send({ change: again ? { ...change, again } : change, quiet: true });
    });
  }, [id, send]);
  return null;
}

/** The page may have been left before the address had the task's number. */
function renumberOpened(): void {
  const open = openTaskNow();
  const number = open === null ? null : numberGiven(open);
  if (open !== null && number !== null) renumberOpenTask(open, number);
}
