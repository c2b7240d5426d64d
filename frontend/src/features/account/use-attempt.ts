'use client';

import { useState } from 'react';
import { explain } from '@/lib/api/problem';
import { AuthError } from '@/lib/auth/client';

/** What went wrong: with the new password, whose field shows it, or in general. */
export interface Failure {
  message: string;
  field: 'password' | null;
}

/** Returns the texts that were entered into a form. */
export function entered(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries(new FormData(form)) as Record<string, string>;
}

/** Runs a request of a form: one at a time, with its failure. After a success the form stays busy: a page follows. */
export function useAttempt() {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  async function attempt(run: () => Promise<void>): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      await run();
    } catch (error) {
      const isPassword = error instanceof AuthError && error.code.startsWith('PASSWORD_TOO_');
      setFailure({ message: explain(error), field: isPassword ? 'password' : null });
      setBusy(false);
    }
  }
  return { failure, busy, attempt };
}
