'use client';

import { type ReactNode, useState } from 'react';
import { later } from '@/components/later';
import { AuthError } from '@/lib/auth/client';

const ProofDialog = later(() => import('./proof-dialog').then((module) => module.ProofDialog));

/** The codes of the answers that ask for one. */
const REQUIRED = ['PROOF_REQUIRED', 'PASSWORD_REQUIRED'];

interface Asked {
  withCode: boolean;
  password: string | undefined;
  answer: (isProved: boolean) => void;
}

/** Sends a request. A form that has asked for the password gives it, too, so that it is not asked for twice. */
type Proved = <T>(send: () => Promise<T>, password?: string) => Promise<T>;

/** Runs requests that may need a recent proof: the dialog asks for it, and the request is sent again. */
export function useProof(): { proved: Proved; dialog: ReactNode } {
  const [asked, setAsked] = useState<Asked | null>(null);

  async function proved<T>(send: () => Promise<T>, password?: string): Promise<T> {
    try {
      return await send();
    } catch (error) {
      const code = error instanceof AuthError ? error.code : '';
      if (!REQUIRED.includes(code)) throw error;
      const withCode = code === 'PROOF_REQUIRED';
      asked?.answer(false);
      const isProved = await new Promise<boolean>((answer) => setAsked({ withCode, password, answer }));
      setAsked(null);
      if (!isProved) throw new AuthError('You have not confirmed that it is you.');
      return send();
    }
  }

  const dialog = asked && (
    <ProofDialog {...asked} onClose={() => asked.answer(false)} onProved={() => asked.answer(true)} />
  );
  return { proved, dialog };
}
