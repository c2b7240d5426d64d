import { redirect } from 'next/navigation';
import { Welcome } from '@/features/account/welcome';
import { signedInUser } from '@/lib/auth/server';
import { safePath } from '@/lib/safe-path';

/** First page of a new user. It sets the user's time zone to the browser's. */
export default async function WelcomePage({ searchParams }: PageProps<'/welcome'>) {
  const { back } = await searchParams;
  const user = await signedInUser();
  if (!user) redirect('/sign-in');
  return <Welcome userId={user.id} to={safePath(Array.isArray(back) ? back[0] : back)} />;
}
