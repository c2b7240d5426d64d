import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AccountForm } from '@/features/account/account-form';
import { confirmsAddresses } from '@/lib/auth/mail/settings';
import { signedInUser } from '@/lib/auth/server';
import { safePath } from '@/lib/safe-path';
import { type SocialProvider, settings } from '@/lib/settings';

export const metadata: Metadata = { title: 'Create an account' };

export default async function SignUpPage({ searchParams }: PageProps<'/sign-up'>) {
  const { back } = await searchParams;
  const to = safePath(Array.isArray(back) ? back[0] : back);
  if (await signedInUser()) redirect(to);
  const providers = Object.keys(settings().socialProviders) as SocialProvider[];
  return <AccountForm kind="sign-up" to={to} providers={providers} confirms={confirmsAddresses(settings().mail)} />;
}
