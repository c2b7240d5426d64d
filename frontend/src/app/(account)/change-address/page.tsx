import type { Metadata } from 'next';
import { AddressForm } from '@/features/account/address-form';

export const metadata: Metadata = { title: 'Use a new address' };
/** Rendered for each request: its policy has a nonce. */
export const dynamic = 'force-dynamic';

export default function ChangeAddressPage() {
  return (
    <>
      <h1 className="mb-1 text-panel font-semibold">Use a new address</h1>
      <p className="mb-4 text-sm text-quiet">
        The account signs in with the address of this mail from then on, and with the same password.
      </p>
      <AddressForm />
    </>
  );
}
