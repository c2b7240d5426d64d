import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AccountForm } from '@/features/account/account-form';
import { signedInUser } from '@/lib/auth/server';
import { safePath } from '@/lib/safe-path';
import { type SocialProvider, settings } from '@/lib/settings';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { back, notice, step } = await searchParams;
  const to = safePath(Array.isArray(back) ? back[0] : back);
  if (await signedInUser()) redirect(to);
  const providers = Object.keys(settings().socialProviders) as SocialProvider[];
  const isPasswordChanged = notice === 'password-changed';
  return (
    <AccountForm
      kind="sign-in"
      to={to}
      providers={providers}
      isPasswordChanged={isPasswordChanged}
      isAskedForCode={step === 'code'}
    />
  );
}
