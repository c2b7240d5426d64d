import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Providers } from '@/features/shell/providers';
import { Shell } from '@/features/shell/shell';
import { signedInUser } from '@/lib/auth/server';
import { RECORDER } from '@/lib/early-input';
import { settings } from '@/lib/settings';

export default async function SuiteLayout({ children }: { children: ReactNode }) {
  const requested = await headers();
  const user = await signedInUser();
  if (!user) redirect(`/sign-in?back=${encodeURIComponent(requested.get('x-path') ?? '/today')}`);
  return (
    <Providers user={user}>
      <script nonce={requested.get('x-nonce') ?? ''} dangerouslySetInnerHTML={{ __html: RECORDER }} />
      <Shell chatkitDomainKey={settings().chatkitDomainKey}>{children}</Shell>
    </Providers>
  );
}
