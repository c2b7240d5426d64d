'use client';

import { Dialog } from '@/components/dialog';
import { Keys } from '@/components/keys';
import { toggle } from '@/lib/overlays';
import { SHORTCUTS } from './shortcut-table';

export function ShortcutSheet() {
  return (
    <Dialog open onClose={() => toggle('sheet', false)} title="Keyboard shortcuts" wide>
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {Object.entries(SHORTCUTS).map(([group, shortcuts]) => (
          <section key={group}>
            <h3 className="mb-1 text-xs font-medium text-quiet">{group}</h3>
            <dl className="flex flex-col gap-1">
              {shortcuts.map(({ keys, what }) => (
                <div key={what} className="flex items-center justify-between gap-4 text-sm">
                  <dt>{what}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
