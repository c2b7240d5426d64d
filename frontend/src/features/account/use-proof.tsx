'use client';

import { type ReactNode, useState } from 'react';
import { later } from '@/components/later';
import { AuthError } from '@/lib/auth/client';

const ProofDialog = later(() => import('./proof-dialog').then((module) => module.ProofDialog));

/** Runs requests that may need a recent proof: the dialog asks for it, and the request is sent again. */
export function useProof(): { proved: <T>(send: () => Promise<T>) => Promise<T>; dialog: ReactNode } {
  const [answer, setAnswer] = useState<((isProved: boolean) => void) | null>(null);

  async function proved<T>(send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof AuthError) || error.code !== 'PROOF_REQUIRED') throw error;
      const isProved = await new Promise<boolean>((resolve) => setAnswer(() => resolve));
      setAnswer(null);
      if (!isProved) throw new AuthError('You have not confirmed that it is you.');
      return send();
    }
  }

  const dialog = answer && <ProofDialog onClose={() => answer(false)} onProved={() => answer(true)} />;
  return { proved, dialog };
}
