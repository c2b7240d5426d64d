'use client';

import { useState } from 'react';
import { Button } from '@/components/button';
import { useProof } from '@/features/account/use-proof';
import { AuthError, authRequest } from '@/lib/auth/client';

interface Props {
  /** The name that the app gives itself. */
  name: string;
  /** The host of the redirect URI. */
  host: string;
  /** Whether the host is this computer. */
  here: boolean;
  scopes: string[];
  email: string;
}

export function Consent({ name, host, here, scopes, email }: Props) {
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { proved, dialog } = useProof();

  async function answer(accept: boolean): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      const query = location.search.slice(1);
      const { url } = await proved(() => authRequest('oauth2/consent', { accept, oauth_query: query }));
      if (!url || !/^https?:$/.test(new URL(url).protocol))
        throw new AuthError('The app gave no address to return to.');
      location.assign(url);
    } catch (error) {
      setBusy(false);
      setFailure(
        error instanceof AuthError
          ? `${error.message} A request is good for ten minutes: go back to the app and connect it again.`
          : 'The server cannot be reached. Try again in a moment.',
      );
    }
  }

  return (
    <>
      <h1 className="mb-2 text-panel font-semibold break-words">Connect “{name}”?</h1>
      <p className="mb-4 text-sm text-quiet">
        The app says that this is its name. You are signed in as <span className="break-all">{email}</span>.
      </p>
      <h2 className="mb-1 text-sm font-medium">It wants to</h2>
      <ul className="mb-4 list-disc pl-5 text-sm">
        {scopes.map((scope) => (
          <li key={scope} className="break-words">
            {scope}
          </li>
        ))}
      </ul>
      <p className="mb-4 text-sm">
        The answer goes to <strong className="break-all">{host}</strong>
        {here && ', which is this computer'}. Allow it only if you have just started this yourself.
      </p>
      {failure && (
        <p role="alert" className="mb-3 text-sm text-danger">
          {failure}
        </p>
      )}
      <div className="flex gap-2">
        <Button look="main" className="flex-1" disabled={busy} onClick={() => answer(true)}>
          Allow
        </Button>
        <Button className="flex-1" disabled={busy} onClick={() => answer(false)}>
          Deny
        </Button>
      </div>
      {dialog}
      <p className="mt-4 text-xs text-quiet">You can disconnect it in the settings at any time.</p>
    </>
  );
}
