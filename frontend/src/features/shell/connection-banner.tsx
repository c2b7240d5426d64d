'use client';

import { useMutationState } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { connected } from '@/features/live/connected';
import { SENDING } from '@/lib/query-keys';
import { useExternal } from '@/lib/external';
import { useIsOnline } from '@/lib/online';

/** Shown while the browser is offline or live updates are disconnected. Tells how many changes wait to be sent. */
export function ConnectionBanner() {
  const online = useIsOnline();
  const live = useExternal(connected);
  const waiting = useMutationState({
    filters: { mutationKey: SENDING, predicate: (mutation) => mutation.state.isPaused },
  }).length;
  if (online && live) return null;
  return (
    <div
      role="status"
      className="flex items-center justify-center gap-2 border-b border-edge bg-sunken p-1.5 text-sm text-warning"
    >
      <CloudOff aria-hidden className="size-4" />
      {online ? 'Changes from other devices do not arrive at the moment. Reconnecting …' : 'You are offline.'}
      {!online &&
        (waiting > 0
          ? ` ${waiting === 1 ? '1 change waits' : `${waiting} changes wait`} to be sent.`
          : ' Changes will be sent when the connection returns.')}
    </div>
  );
}
