'use client';

import { type ReactNode, useState } from 'react';
import { later } from '@/components/later';
import { AuthError } from '@/lib/auth/client';

const ProofDialog = later(() => import('./proof-dialog').then((module) => module.ProofDialog));

/** The codes of the answers that ask for one. */
const REQUIRED = ['PROOF_REQUIRED', 'PASSWORD_REQUIRED'];

interface Asked {
  withCode: boolean;
  answer: (isProved: boolean) => void;
}

/** Runs requests that may need a recent proof: the dialog asks for it, and the request is sent again. */
export function useProof(): { proved: <T>(send: () => Promise<T>) => Promise<T>; dialog: ReactNode } {
  const [asked, setAsked] = useState<Asked | null>(null);

  async function proved<T>(send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      const code = error instanceof AuthError ? error.code : '';
      if (!REQUIRED.includes(code)) throw error;
      const withCode = code === 'PROOF_REQUIRED';
      const isProved = await new Promise<boolean>((answer) => setAsked({ withCode, answer }));
      setAsked(null);
      if (!isProved) throw new AuthError('You have not confirmed that it is you.');
      return send();
    }
  }

  const dialog = asked && (
    <ProofDialog withCode={asked.withCode} onClose={() => asked.answer(false)} onProved={() => asked.answer(true)} />
  );
  return { proved, dialog };
}
