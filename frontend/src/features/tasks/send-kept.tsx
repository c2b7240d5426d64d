'use client';

import { useEffect, useRef } from 'react';
import { useUser } from '@/lib/user';
import { takeKept } from './kept';
import { useChange } from './mutations';

/** Sends what an earlier page of this browser could not. */
export function SendKept() {
  const { id } = useUser();
  const { change: send } = useChange();
  const done = useRef(false);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    void takeKept(id, (change) => send({ change, quiet: true }));
  }, [id, send]);
  return null;
}
