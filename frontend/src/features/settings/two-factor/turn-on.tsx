'use client';

import { type SubmitEvent, useState } from 'react';
import { encode } from 'uqr';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { CodeField, digitsOf } from '@/features/account/code-field';
import { FormFailure, PasswordField } from '@/features/account/password-field';
import { entered, useAttempt } from '@/features/account/use-attempt';
import { AuthError, authRequest } from '@/lib/auth/client';
import { RecoveryCodes } from './recovery-codes';

interface Offer {
  uri: string;
  codes: string[];
}

interface Props {
  onTurnedOn: () => void;
  onDone: () => void;
}

/** Three steps: the password, the code of the app, and the recovery codes. It is in force after the second one. */
export function TurnOn({ onTurnedOn, onDone }: Props) {
  const [offer, setOffer] = useState<Offer | null>(null);
  const [isOn, setIsOn] = useState(false);
  function confirm(): void {
    onTurnedOn();
    setIsOn(true);
  }

  return (
    <Dialog open kept={isOn} onClose={onDone} title="Turn on two-step sign-in">
      {!offer && <Password onOffer={setOffer} />}
      {offer && !isOn && <Confirmation uri={offer.uri} onConfirmed={confirm} />}
      {offer && isOn && <RecoveryCodes codes={offer.codes} onDone={onDone} />}
    </Dialog>
  );
}

function Password({ onOffer }: { onOffer: (offer: Offer) => void }) {
  const { failure, busy, attempt } = useAttempt();
  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const { password = '' } = entered(event.currentTarget);
    void attempt(async () => {
      const { totpURI = '', backupCodes = [] } = await authRequest('two-factor/enable', { password });
      onOffer({ uri: totpURI, codes: backupCodes });
    });
  }
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-3">
      <p className="text-sm text-quiet">You need an authenticator app on your phone.</p>
      <PasswordField label="Password" name="password" isNew={false} failure={failure} />
      <FormFailure failure={failure} />
      <Button type="submit" look="main" disabled={busy} className="self-start">
        Continue
      </Button>
    </form>
  );
}

function Confirmation({ uri, onConfirmed }: { uri: string; onConfirmed: () => void }) {
  const { failure, busy, attempt } = useAttempt();
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const code = digitsOf(entered(event.currentTarget).code);
    void attempt(async () => {
      try {
        await authRequest('two-factor/verify-totp', { code });
      } catch (error) {
        const isWrong = error instanceof AuthError && error.code === 'INVALID_CODE';
        throw isWrong ? new AuthError('This code is wrong. Enter the newest one that the app shows.') : error;
      }
      onConfirmed();
    });
  }
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-3 text-sm">
      <p>Scan this with your authenticator app, or enter the key there.</p>
      <QrCode text={uri} />
      <p>
        Key: <code className="font-mono break-all">{secret.match(/.{1,4}/g)?.join(' ')}</code>
      </p>
      <CodeField />
      <FormFailure failure={failure} />
      <Button type="submit" look="main" disabled={busy} className="self-start">
        Turn on
      </Button>
    </form>
  );
}

/** Dark on light in every theme: some apps do not read inverted codes. */
function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { border: 2 });
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg
      role="img"
      aria-label="QR code"
      viewBox={`0 0 ${size} ${size}`}
      className="size-48 rounded-md"
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
