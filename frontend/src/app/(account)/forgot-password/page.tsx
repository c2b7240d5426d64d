import type { Metadata } from 'next';
import { ForgotForm } from '@/features/account/forgot-form';
import { settings } from '@/lib/settings';

export const metadata: Metadata = { title: 'Forgot your password?' };
/** The settings are those of the running server, and the build has none. */
export const dynamic = 'force-dynamic';

export default function ForgotPasswordPage() {
  const { mail } = settings();
  return (
    <>
      <h1 className="mb-4 text-panel font-semibold">Forgot your password?</h1>
      {mail ? (
        <ForgotForm isStored={'folder' in mail.out} />
      ) : (
        <p className="text-sm">
          This installation sends no mail, so nobody can reset a password. Ask its operator to set up a mail server (
          <code className="font-mono">SMTP_HOST</code>).
        </p>
      )}
      <p className="mt-4 text-sm text-quiet">
        <a href="/sign-in" className="text-accent underline">
          Back to sign-in
        </a>
      </p>
    </>
  );
}
