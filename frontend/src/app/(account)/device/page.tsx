import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { DeviceForm } from '@/features/device/device-form';
import { signedInUser } from '@/lib/auth/server';

export const metadata: Metadata = { title: 'Sign a terminal in' };

/** Where a signed-in user approves the sign-in of a terminal by the code that the terminal shows. */
export default async function DevicePage({ searchParams }: PageProps<'/device'>) {
  const { user_code: given } = await searchParams;
  const code = (Array.isArray(given) ? given[0] : given) ?? '';
  const user = await signedInUser();
  if (!user) {
    const here = code ? `/device?user_code=${encodeURIComponent(code)}` : '/device';
    redirect(`/sign-in?back=${encodeURIComponent(here)}`);
  }
  return <DeviceForm given={code} email={user.email} />;
}
