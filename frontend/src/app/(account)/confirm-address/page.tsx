import type { Metadata } from 'next';
import { ConfirmForm } from '@/features/account/confirm-form';

export const metadata: Metadata = { title: 'Choose a password' };
/** Rendered for each request: its policy has a nonce. */
export const dynamic = 'force-dynamic';

export default function ConfirmAddressPage() {
  return (
    <>
      <h1 className="mb-1 text-panel font-semibold">Choose a password</h1>
      <p className="mb-4 text-sm text-quiet">Your address is confirmed. This is the last step.</p>
      <ConfirmForm />
    </>
  );
}
