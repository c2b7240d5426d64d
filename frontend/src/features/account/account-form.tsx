'use client';

import { type SubmitEvent, useEffect, useState } from 'react';
import { Button } from '@/components/button';
import { Field, Input } from '@/components/field';
import { later } from '@/components/later';
import { useIsAlive } from '@/lib/alive';
import { authRequest } from '@/lib/auth/client';
import type { SocialProvider } from '@/lib/settings';
import { MailSent } from './mail-sent';
import { FormFailure, PasswordField } from './password-field';
import { entered, useAttempt } from './use-attempt';

interface Props {
  kind: 'sign-in' | 'sign-up';
  to: string;
  providers: SocialProvider[];
  /** The account is made by the link of a mail, and the page behind it asks for the password. */
  confirms?: boolean;
  /** The password has just been changed by a link. */
  isPasswordChanged?: boolean;
  /** A sign-in by another service, which still needs the code. */
  isAskedForCode?: boolean;
}

const PROVIDER_NAMES: Record<SocialProvider, string> = { github: 'GitHub', google: 'Google' };

const CodeForm = later(() => import('./code-form').then((module) => module.CodeForm));

export function AccountForm({
  kind,
  to,
  providers,
  confirms = false,
  isPasswordChanged = false,
  isAskedForCode = false,
}: Props) {
  const isNew = kind === 'sign-up';
  const { failure, busy, attempt } = useAttempt();
  const [asksForCode, setAsksForCode] = useState(isAskedForCode);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const disabled = !useIsAlive() || busy;
  const other = `${isNew ? '/sign-in' : '/sign-up'}?back=${encodeURIComponent(to)}`;
  const welcome = `/welcome?back=${encodeURIComponent(to)}`;

  // Whoever comes here is signed out: the tasks kept for reading offline and the notifications go with the session.
  useEffect(() => {
    void import('@/lib/sealed').then(({ destroy }) => destroy());
    void import('@/lib/push/subscription').then(({ endHere }) => endHere()).catch(() => undefined);
  }, []);

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const fields = entered(event.currentTarget);
    void attempt(async () => {
      const { twoFactorRedirect } = await authRequest(confirms ? 'sign-up/request' : `${kind}/email`, fields);
      if (twoFactorRedirect) setAsksForCode(true);
      else if (confirms) setSentTo(fields.email ?? '');
      else location.assign(isNew ? welcome : to);
    });
  }

  function enterBy(provider: SocialProvider): void {
    void attempt(async () => {
      const { url } = await authRequest('sign-in/social', { provider, callbackURL: to, newUserCallbackURL: welcome });
      if (url) location.assign(url);
    });
  }

  function enterByKey(): void {
    void attempt(async () => {
      const { enterByPasskey } = await import('@/lib/auth/webauthn');
      await enterByPasskey();
      location.assign(to);
    });
  }

  if (asksForCode) return <CodeForm to={to} />;
  if (sentTo !== null)
    return (
      <>
        <h1 className="mb-4 text-panel font-semibold">Confirm your address</h1>
        <MailSent isStored={false}>
          A mail to <strong className="break-words">{sentTo}</strong> is on its way. Its link leads to the last step:
          your password.
        </MailSent>
      </>
    );
  return (
    <>
      <h1 className="mb-4 text-panel font-semibold">{isNew ? 'Create an account' : 'Sign in'}</h1>
      {isPasswordChanged && (
        <p role="status" className="mb-4 text-sm">
          Your password is changed, and all devices are signed out. Sign in with the new one.
        </p>
      )}
      <form method="post" onSubmit={submit} className="flex flex-col gap-3">
        {isNew && (
          <Field label="Name">
            {(control) => <Input {...control} name="name" autoComplete="name" required maxLength={100} />}
          </Field>
        )}
        <Field label="E-mail">
          {(control) => <Input {...control} name="email" type="email" autoComplete="email" required maxLength={254} />}
        </Field>
        {!confirms && <PasswordField label="Password" name="password" isNew={isNew} failure={failure} />}
        <FormFailure failure={failure} />
        <Button type="submit" look="main" disabled={disabled}>
          {isNew ? 'Create the account' : 'Sign in'}
        </Button>
      </form>
      {(providers.length > 0 || !isNew) && (
        <div className="mt-4 flex flex-col gap-2 border-t border-edge pt-4">
          {!isNew && (
            <Button disabled={disabled} onClick={enterByKey}>
              Sign in with a passkey
            </Button>
          )}
          {providers.map((provider) => (
            <Button key={provider} disabled={disabled} onClick={() => enterBy(provider)}>
              Continue with {PROVIDER_NAMES[provider]}
            </Button>
          ))}
        </div>
      )}
      {!isNew && (
        <p className="mt-4 text-sm">
          <a href="/forgot-password" className="text-accent underline">
            Forgot your password?
          </a>
        </p>
      )}
      <p className="mt-2 text-sm text-quiet">
        {isNew ? 'You have an account? ' : 'New here? '}
        <a href={other} className="text-accent underline">
          {isNew ? 'Sign in' : 'Create an account'}
        </a>
      </p>
    </>
  );
}
