'use client';

import { useMutationState } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { connected } from '@/features/live/connected';
import { openedFrom } from '@/features/offline/opened-from';
import { SENDING } from '@/lib/query-keys';
import { useExternal } from '@/lib/external';
import { useZone } from '@/lib/account';
import { momentLabel } from '@/lib/dates';
import { useIsOnline } from '@/lib/online';

/** Shown while the browser is offline or live updates are disconnected. Tells how many changes wait to be sent. */
export function ConnectionBanner() {
  const online = useIsOnline();
  const live = useExternal(connected);
  const from = useExternal(openedFrom);
  const zone = useZone();
  const waiting = useMutationState({
    filters: { mutationKey: SENDING, predicate: (mutation) => mutation.state.isPaused },
  }).length;
  if (online && live && from === null) return null;
  const isOffline = !online || from !== null;
  return (
    <div
      role="status"
      className="flex items-center justify-center gap-2 border-b border-edge bg-sunken p-1.5 text-sm text-warning"
    >
      <CloudOff aria-hidden className="size-4" />
      {isOffline
        ? from === null
          ? 'You are offline.'
          : `You are offline. Tasks as of ${momentLabel(new Date(from), zone)}.`
        : 'Changes from other devices do not arrive at the moment. Reconnecting …'}
      {isOffline &&
        (waiting > 0
          ? ` ${waiting === 1 ? '1 change waits' : `${waiting} changes wait`} to be sent.`
          : ' Changes will be sent when the connection returns.')}
    </div>
  );
}
