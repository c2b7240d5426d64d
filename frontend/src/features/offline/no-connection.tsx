'use client';

import { CloudOff } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from '@/components/button';

const AGAIN_MS = 3000;

/** Opens the requested page automatically when the server is reachable again. */
export function NoConnection() {
  useEffect(() => {
    const look = () => void goOn();
    const timer = setInterval(look, AGAIN_MS);
    window.addEventListener('online', look);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', look);
    };
  }, []);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-3 p-6 text-center">
      <CloudOff aria-hidden className="size-8 text-quiet" />
      <h1 className="text-panel font-semibold">No connection</h1>
      <p className="text-sm text-quiet">
        Your tasks appear as soon as it returns. What you have done and is not sent yet is kept until then.
      </p>
      <Button onClick={() => void goOn()}>Try again</Button>
    </main>
  );
}

async function goOn(): Promise<void> {
  const answer = await fetch('/health', { cache: 'no-store' }).catch(() => null);
  if (!answer?.ok) return;
  if (location.pathname === '/offline') location.replace('/today');
  else location.reload();
}
