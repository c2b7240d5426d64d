'use client';

import { type SubmitEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { later } from '@/components/later';
import { tell } from '@/components/toasts';
import { useIdentity } from '@/features/account/identity';
import { FormFailure, PasswordField } from '@/features/account/password-field';
import { entered, useAttempt } from '@/features/account/use-attempt';
import { useProof } from '@/features/account/use-proof';
import { AuthError, authRequest } from '@/lib/auth/client';
import { forgetToken } from '@/lib/auth/token';
import { useUser } from '@/lib/user';
import { ChangeAddress } from './change-address';
import { Passkeys } from './passkeys';
import { Entry, Group } from './setting';

/** What Better Auth calls a wrong current password, and an account that signs in by another service only. */
const REASONS: Readonly<Record<string, string>> = {
  INVALID_PASSWORD: 'The current password is wrong.',
  CREDENTIAL_ACCOUNT_NOT_FOUND:
    'You have no password yet. Sign out and choose “Forgot your password?” to get a link for one.',
};

const TwoFactor = later(() => import('./two-factor/two-factor').then((module) => module.TwoFactor));

/** Who is signed in, and how. Changing the password ends all other sessions. */
export function SignIn() {
  const { name, email } = useUser();
  const sendsMail = useIdentity()?.sendsMail;
  const [open, setOpen] = useState<'address' | 'password' | null>(null);
  const close = () => setOpen(null);
  return (
    <Group title="Sign-in">
      <Entry title={name} lines={[email]}>
        {sendsMail && <Button onClick={() => setOpen('address')}>Change e-mail address…</Button>}
      </Entry>
      <Entry title="Password" lines={['A new one signs out all other devices and connected apps.']}>
        <Button onClick={() => setOpen('password')}>Change the password…</Button>
      </Entry>
      <TwoFactor />
      <Passkeys />
      {open === 'address' && (
        <Dialog open onClose={close} title="Change e-mail address">
          <ChangeAddress onDone={close} />
        </Dialog>
      )}
      {open === 'password' && (
        <Dialog open onClose={close} title="Change the password">
          <PasswordForm email={email} onDone={close} />
        </Dialog>
      )}
    </Group>
  );
}

function PasswordForm({ email, onDone }: { email: string; onDone: () => void }) {
  const { id } = useUser();
  const { failure, busy, attempt } = useAttempt();
  const { proved, dialog } = useProof();

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const fields = entered(event.currentTarget);
    void attempt(async () => {
      await proved(() => changePassword(fields), fields.currentPassword);
      // This browser was subscribed in the session that has been replaced.
      void import('@/lib/push/subscription').then(({ renew }) => renew(id)).catch(() => undefined);
      tell('Your password is changed');
      onDone();
    });
  }

  return (
    <>
      <form method="post" onSubmit={submit} className="flex flex-col gap-3">
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordField label="Current password" name="currentPassword" isNew={false} failure={failure} />
        <PasswordField label="New password" name="newPassword" isNew failure={failure} />
        <FormFailure failure={failure} />
        <p className="text-sm text-quiet">All other devices and connected apps are signed out.</p>
        <Button type="submit" look="main" disabled={busy} className="self-start">
          Change the password
        </Button>
      </form>
      {dialog}
    </>
  );
}

async function changePassword(fields: Record<string, string>): Promise<void> {
  try {
    await authRequest('change-password', fields);
    forgetToken(); // it belongs to the session that has been replaced
  } catch (error) {
    const reason = error instanceof AuthError && REASONS[error.code];
    throw reason ? new AuthError(reason) : error;
  }
}
