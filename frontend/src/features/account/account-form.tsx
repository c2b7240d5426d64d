'use client';

import { type SubmitEvent, useEffect, useState } from 'react';
import { Button } from '@/components/button';
import { Field, Input } from '@/components/field';
import { useIsAlive } from '@/lib/alive';
import { explain } from '@/lib/api/problem';
import { authRequest } from '@/lib/auth/client';
import type { SocialProvider } from '@/lib/settings';

interface Props {
  kind: 'sign-in' | 'sign-up';
  to: string;
  providers: SocialProvider[];
}

const PROVIDER_NAMES: Record<SocialProvider, string> = { github: 'GitHub', google: 'Google' };
const MIN_PASSWORD = 8;

export function AccountForm({ kind, to, providers }: Props) {
  const isNew = kind === 'sign-up';
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const disabled = !useIsAlive() || busy;
  const other = `${isNew ? '/sign-in' : '/sign-up'}?back=${encodeURIComponent(to)}`;
  const welcome = `/welcome?back=${encodeURIComponent(to)}`;

  // Whoever comes here is signed out: the tasks kept for reading offline go with the session.
  useEffect(() => void import('@/lib/sealed').then(({ destroy }) => destroy()), []);

  async function attempt(run: () => Promise<void>): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      await run();
    } catch (error) {
      setFailure(explain(error));
      setBusy(false);
    }
  }

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const entered = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    void attempt(async () => {
      await authRequest(`${kind}/email`, entered);
      location.assign(isNew ? welcome : to);
    });
  }

  function enterBy(provider: SocialProvider): void {
    void attempt(async () => {
      const { url } = await authRequest('sign-in/social', { provider, callbackURL: to, newUserCallbackURL: welcome });
      if (url) location.assign(url);
    });
  }

  return (
    <>
      <h1 className="mb-4 text-panel font-semibold">{isNew ? 'Create an account' : 'Sign in'}</h1>
      <form method="post" onSubmit={submit} className="flex flex-col gap-3">
        {isNew && (
          <Field label="Name">
            {(control) => <Input {...control} name="name" autoComplete="name" required maxLength={100} />}
          </Field>
        )}
        <Field label="E-mail">
          {(control) => <Input {...control} name="email" type="email" autoComplete="email" required maxLength={254} />}
        </Field>
        <Field label="Password" hint={isNew ? `At least ${MIN_PASSWORD} characters` : undefined}>
          {(control) => (
            <Input
              {...control}
              name="password"
              type="password"
              autoComplete={isNew ? 'new-password' : 'current-password'}
              required
              minLength={isNew ? MIN_PASSWORD : 1}
              maxLength={128}
            />
          )}
        </Field>
        {failure && (
          <p role="alert" className="text-sm text-danger">
            {failure}
          </p>
        )}
        <Button type="submit" look="main" disabled={disabled}>
          {isNew ? 'Create the account' : 'Sign in'}
        </Button>
      </form>
      {providers.length > 0 && (
        <div className="mt-4 flex flex-col gap-2 border-t border-edge pt-4">
          {providers.map((provider) => (
            <Button key={provider} disabled={disabled} onClick={() => enterBy(provider)}>
              Continue with {PROVIDER_NAMES[provider]}
            </Button>
          ))}
        </div>
      )}
      <p className="mt-4 text-sm text-quiet">
        {isNew ? 'You have an account? ' : 'New here? '}
        <a href={other} className="text-accent underline">
          {isNew ? 'Sign in' : 'Create an account'}
        </a>
      </p>
    </>
  );
}
