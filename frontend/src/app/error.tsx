'use client';

import { Button } from '@/components/button';

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-3 p-6 text-center">
      <h1 className="text-panel font-semibold">This page has failed</h1>
      <p className="text-sm text-quiet">Your tasks are safe. Try again, or reload the page.</p>
      <Button look="main" onClick={reset}>
        Try again
      </Button>
    </main>
  );
}
