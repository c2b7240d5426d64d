'use client';

import { CloudOff } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from '@/components/button';
import { onReach } from './reach';

/** Opens the requested page automatically when the server is reachable again. */
export function NoConnection() {
  useEffect(() => onReach(goOn), []);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-3 p-6 text-center">
      <CloudOff aria-hidden className="size-8 text-quiet" />
      <h1 className="text-panel font-semibold">No connection</h1>
      <p className="text-sm text-quiet">
        Your tasks appear as soon as it returns. What you have done and is not sent yet is kept until then.
      </p>
      <Button onClick={goOn}>Try again</Button>
    </main>
  );
}

function goOn(): void {
  if (location.pathname === '/offline') location.replace('/today');
  else location.reload();
}
