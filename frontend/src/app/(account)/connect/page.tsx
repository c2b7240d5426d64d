import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { Consent } from '@/features/connect/consent';
import { nameOfApp } from '@/lib/auth/apps/clients';
import { inPlainWords } from '@/lib/auth/apps/scopes';
import { signedInUser } from '@/lib/auth/server';

export const metadata: Metadata = { title: 'Connect an app' };

/** The consent page for an app. The request is in the URL and signed: consent to an unsigned request fails. */
export default async function ConnectPage({ searchParams }: PageProps<'/connect'>) {
  const user = await signedInUser();
  if (!user) redirect(`/sign-in?back=${encodeURIComponent((await headers()).get('x-path') ?? '/connect')}`);
  const asked = await searchParams;
  const text = (name: string) => (typeof asked[name] === 'string' ? asked[name] : '');
  const address = text('redirect_uri');
  const name = await nameOfApp(text('client_id'));
  if (name === null || !URL.canParse(address)) return <Unknown />;
  const { host, hostname } = new URL(address);
  return (
    <Consent
      name={name}
      host={host}
      here={['localhost', '127.0.0.1', '[::1]'].includes(hostname)}
      scopes={inPlainWords(text('scope').split(' ').filter(Boolean))}
      email={user.email}
    />
  );
}

function Unknown() {
  return (
    <>
      <h1 className="mb-4 text-panel font-semibold">There is no such app</h1>
      <p className="text-sm text-quiet">Go back to the app and connect it again.</p>
    </>
  );
}
