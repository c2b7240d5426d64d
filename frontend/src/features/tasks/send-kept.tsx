'use client';

import { useEffect, useRef } from 'react';
import { useUser } from '@/lib/user';
import { lowestId, takeKept } from './kept';
import { countFrom, useChange } from './mutations';

/** Sends what an earlier page of this browser could not. */
export function SendKept() {
  const { id } = useUser();
  const { change: send } = useChange();
  const done = useRef(false);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    const changes = takeKept(id); // each is kept again as it is sent
    countFrom(lowestId(changes));
    for (const change of changes) send({ change, quiet: true });
  }, [id, send]);
  return null;
}
