'use client';

import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import type { Scope } from './model';

/** Whether a change is about one occurrence or the series from here on; null when the person thinks again. */
export function ScopeDialog({ onChoose }: { onChoose: (scope: Scope | null) => void }) {
  return (
    <Dialog open onClose={() => onChoose(null)} title="This task repeats" description="What shall the change be about?">
      <div className="flex flex-wrap gap-2">
        <Button look="main" onClick={() => onChoose('this')}>
          This one alone
        </Button>
        <Button onClick={() => onChoose('series')}>This one and all that follow</Button>
      </div>
    </Dialog>
  );
}
