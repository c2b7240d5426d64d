'use client';

import { useEffect, useRef } from 'react';
import { useUser } from '@/lib/user';
import { holdKept, takeKept } from './kept';
import { useChange } from './mutations';

/** Sends what other pages of this browser could not before they were closed. */
export function SendKept() {
  const { id } = useUser();
  const { change: send } = useChange();
  const done = useRef(false);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    holdKept(id);
    takeKept(id, (change) => {
      const again = change.kind === 'create' && navigator.onLine;
      send({ change: again ? { ...change, again } : change, quiet: true });
    });
  }, [id, send]);
  return null;
}
