import type { Metadata } from 'next';

export const metadata: Metadata = { title: 'It did not work' };

const LONGEST = 200;

/** Error page of sign-in when it cannot redirect back: the app is unknown, or its redirect URI is not registered. */
export default async function RefusedPage({ searchParams }: PageProps<'/refused'>) {
  const { error, error_description: description } = await searchParams;
  const reason = [description, error].find((text) => typeof text === 'string' && text !== '') as string | undefined;
  return (
    <>
      <h1 className="mb-2 text-panel font-semibold">It did not work</h1>
      <p className="mb-4 text-sm text-quiet">
        Go back to where you came from and try again. An app may have to forget its sign-in and connect anew.
      </p>
      {reason && <p className="mb-4 text-sm break-words">The reason given: {reason.slice(0, LONGEST)}</p>}
      <a href="/today" className="text-sm text-accent underline">
        Go to Today
      </a>
    </>
  );
}
