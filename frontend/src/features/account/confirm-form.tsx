'use client';

import { authRequest } from '@/lib/auth/client';
import { NewPasswordForm } from './new-password-form';
import { forgetSession } from './session';

/** The last step of signing up: a password. */
export function ConfirmForm() {
  return (
    <>
      <NewPasswordForm label="Password" action="Create the account" send={confirm} />
      <p className="mt-4 text-sm text-quiet">
        <a href="/sign-up" className="text-accent underline">
          Ask for a new link
        </a>
        {' or '}
        <a href="/sign-in" className="text-accent underline">
          sign in
        </a>
      </p>
    </>
  );
}

async function confirm(token: string, password: string): Promise<void> {
  await authRequest('sign-up/confirm', { token, password });
  await forgetSession(); // another account may have been signed in here
  location.replace('/welcome');
}
