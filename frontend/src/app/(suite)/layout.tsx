import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Providers } from '@/features/shell/providers';
import { Shell } from '@/features/shell/shell';
import { signedInUser } from '@/lib/auth/server';
import { settings } from '@/lib/settings';

export default async function SuiteLayout({ children }: { children: ReactNode }) {
  const user = await signedInUser();
  if (!user) redirect(`/sign-in?back=${encodeURIComponent((await headers()).get('x-path') ?? '/today')}`);
  return (
    <Providers user={user}>
      <Shell chatkitDomainKey={settings().chatkitDomainKey}>{children}</Shell>
    </Providers>
  );
}
