'use client';

import type { SubmitEvent } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { authRequest } from '@/lib/auth/client';
import { CodeField, digitsOf } from './code-field';
import { FormFailure, PasswordField } from './password-field';
import { entered, useAttempt } from './use-attempt';

interface Props {
  onClose: () => void;
  onProved: () => void;
  withCode: boolean;
  /** If it has been entered already. */
  password: string | undefined;
}

/** Asks for the password and the code before something that weakens or shares the account. */
export function ProofDialog({ onClose, onProved, withCode, password }: Props) {
  return (
    <Dialog open onClose={onClose} title="Confirm that it is you">
      <ProofForm
        action="Confirm"
        withCode={withCode}
        password={password}
        onProved={() => {
          onProved();
          return Promise.resolve();
        }}
      />
    </Dialog>
  );
}

interface FormProps {
  withCode?: boolean;
  password?: string | undefined;
  action: string;
  /** What was asked for; it gets the password, which some requests need once more. */
  onProved: (password: string) => Promise<void>;
}

export function ProofForm({ action, onProved, withCode = true, password: known }: FormProps) {
  const { failure, busy, attempt } = useAttempt();

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const { password = known ?? '', code } = entered(event.currentTarget);
    void attempt(async () => {
      await authRequest('prove', { password, code: digitsOf(code) });
      await onProved(password);
    });
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-3">
      {known === undefined && <PasswordField label="Password" name="password" isNew={false} failure={failure} />}
      {withCode && <CodeField />}
      <FormFailure failure={failure} />
      <Button type="submit" look="main" disabled={busy} className="self-start">
        {action}
      </Button>
    </form>
  );
}
