'use client';

import { useEffect, useLayoutEffect, useState } from 'react';
import { later } from '@/components/later';
import { NoConnection } from '@/features/offline/no-connection';
import { waitForServer } from '@/features/offline/reach';
import type { Copy } from '@/features/tasks/data/copy';
import { restoreLook } from '@/lib/look';
import { viewNamed } from '@/lib/views';

const FROM_START = ['/', '/offline'];

const Suite = later(() => import('./copied-suite').then((found) => found.CopiedSuite));

/** What is shown in place of a page that cannot be loaded: the view with the tasks of the offline copy, if there is one. */
export function OfflineSuite() {
  const [copy, setCopy] = useState<Copy | null>();
  useLayoutEffect(restoreLook, []);
  useEffect(() => {
    if (FROM_START.includes(location.pathname)) history.replaceState(null, '', '/today');
    const isView = viewNamed(location.pathname.slice(1)) !== undefined;
    async function look(): Promise<void> {
      const found = isView ? await (await import('@/features/tasks/data/copy')).storedCopy() : null;
      if (found) waitForServer(found.savedAt); // before anything is requested
      setCopy(found);
    }
    look().catch(() => setCopy(null));
  }, []);
  if (copy === undefined) return null;
  return copy ? <Suite copy={copy} /> : <NoConnection />;
}
