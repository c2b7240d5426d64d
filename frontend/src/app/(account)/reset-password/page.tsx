import type { Metadata } from 'next';
import { ResetForm } from '@/features/account/reset-form';

export const metadata: Metadata = { title: 'Choose a new password' };
/** Rendered for each request: its policy has a nonce. */
export const dynamic = 'force-dynamic';

export default function ResetPasswordPage() {
  return (
    <>
      <h1 className="mb-4 text-panel font-semibold">Choose a new password</h1>
      <ResetForm />
    </>
  );
}
