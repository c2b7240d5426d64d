'use client';

import { type SubmitEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Field, Input } from '@/components/field';
import { AuthError, authRequest } from '@/lib/auth/client';
import { CodeField, digitsOf } from './code-field';
import { FormFailure } from './password-field';
import { entered, useAttempt } from './use-attempt';

const REASONS: Readonly<Record<string, string>> = {
  INVALID_CODE: 'This code is wrong. Check that the clock of your phone is right, and enter the newest code.',
  INVALID_BACKUP_CODE: 'This recovery code is wrong, or has been used.',
  INVALID_TWO_FACTOR_COOKIE: 'This sign-in has taken too long. Start again with your password.',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'Too many wrong codes. Start again with your password.',
};

/** The second step of a sign-in: a code of the authenticator app, or a recovery code. */
export function CodeForm({ to }: { to: string }) {
  const [isRecovery, setIsRecovery] = useState(false);
  return (
    <>
      <h1 className="mb-4 text-panel font-semibold">Enter your code</h1>
      {isRecovery ? <Step key="recovery" isRecovery to={to} /> : <Step key="app" isRecovery={false} to={to} />}
      <div className="mt-4 flex flex-col items-start gap-2 text-sm">
        <button type="button" className="text-accent underline" onClick={() => setIsRecovery(!isRecovery)}>
          {isRecovery ? 'Use the authenticator app' : 'Use a recovery code'}
        </button>
        <a href={`/sign-in?back=${encodeURIComponent(to)}`} className="text-accent underline">
          Start again
        </a>
      </div>
    </>
  );
}

function Step({ isRecovery, to }: { isRecovery: boolean; to: string }) {
  const { failure, busy, attempt } = useAttempt();

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const { code } = entered(event.currentTarget);
    void attempt(async () => {
      if (isRecovery) await verify('verify-backup-code', (code ?? '').trim());
      else await verify('verify-totp', digitsOf(code));
      location.assign(to);
    });
  }

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-3">
      {isRecovery ? (
        <Field label="Recovery code" hint="One of the ten that you have kept. It works once.">
          {(control) => (
            <Input
              {...control}
              name="code"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={64}
              required
              ref={(input) => input?.focus()}
              className="font-mono"
            />
          )}
        </Field>
      ) : (
        <CodeField isFirst />
      )}
      <FormFailure failure={failure} />
      <Button type="submit" look="main" disabled={busy}>
        Continue
      </Button>
    </form>
  );
}

async function verify(endpoint: string, code: string): Promise<void> {
  try {
    await authRequest(`two-factor/${endpoint}`, { code });
  } catch (error) {
    const reason = error instanceof AuthError && REASONS[error.code];
    throw reason ? new AuthError(reason) : error;
  }
}
