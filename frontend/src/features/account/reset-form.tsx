'use client';

import { AuthError, authRequest } from '@/lib/auth/client';
import { NewPasswordForm } from './new-password-form';

const ENDED = 'This link has been used, has been replaced by a newer one, or is older than an hour.';

/** Chooses a new password. */
export function ResetForm() {
  return (
    <>
      <NewPasswordForm label="New password" action="Change the password" send={reset} />
      <p className="mt-4 text-sm text-quiet">
        All devices and apps are signed out.{' '}
        <a href="/forgot-password" className="text-accent underline">
          Ask for a new link
        </a>
      </p>
    </>
  );
}

async function reset(token: string, newPassword: string): Promise<void> {
  try {
    await authRequest('reset-password', { token, newPassword });
  } catch (error) {
    throw error instanceof AuthError && error.code === 'INVALID_TOKEN' ? new AuthError(ENDED) : error;
  }
  location.replace('/sign-in?notice=password-changed');
}
