'use client';

import { progress } from '@/features/tasks/data/send';
import { useExternal } from '@/lib/external';

/** Shown while a change of many tasks is being made. */
export function ProgressNotice() {
  const now = useExternal(progress);
  return (
    <div role="status" className="pointer-events-none fixed inset-x-3 bottom-5 z-50 flex justify-center">
      {now && (
        <p className="rounded-card bg-toast px-4 py-2.5 text-sm text-on-toast tabular-nums shadow-pop">
          {`Changing tasks: ${now.done.toLocaleString()} of ${now.of.toLocaleString()}`}
        </p>
      )}
    </div>
  );
}
