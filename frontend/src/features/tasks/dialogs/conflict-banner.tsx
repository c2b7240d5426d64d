'use client';

import { GitMerge } from 'lucide-react';
import { Button } from '@/components/button';
import { useExternal } from '@/lib/external';
import { conflicts, show } from '@/features/tasks/data/conflict';

/** A banner for unresolved conflicts, with a button that shows the oldest one. */
export function ConflictBanner() {
  const [first, ...others] = useExternal(conflicts);
  if (!first) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center justify-center gap-x-2 border-b border-edge bg-sunken p-1.5 text-sm text-warning"
    >
      <GitMerge aria-hidden className="size-4" />
      <span className="min-w-0 truncate">
        {others.length === 0
          ? `“${first.theirs.title}” was changed elsewhere too. Your change is not saved yet.`
          : `${others.length + 1} tasks were changed elsewhere too. Your changes are not saved yet.`}
      </span>
      <Button look="link" size="small" onClick={() => show(first.theirs.id)}>
        Review
      </Button>
    </div>
  );
}
