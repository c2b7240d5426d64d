'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { tell } from '@/components/toasts';
import { IDENTITY, useIdentity } from '@/features/account/identity';
import { ProofForm } from '@/features/account/proof-dialog';
import { Entry } from '@/features/settings/setting';
import { authRequest } from '@/lib/auth/client';
import { forgetToken } from '@/lib/auth/token';
import { useUser } from '@/lib/user';
import { RecoveryCodes } from './recovery-codes';
import { TurnOn } from './turn-on';

type Open = 'turn-on' | 'turn-off' | 'new-codes' | null;

/** Two-step sign-in: whether a sign-in asks for a code besides the password. */
export function TwoFactor() {
  const client = useQueryClient();
  const { id } = useUser();
  const isOn = useIdentity()?.hasTwoFactors;
  const [open, setOpen] = useState<Open>(null);
  const [codes, setCodes] = useState<string[] | null>(null);

  function close(): void {
    setOpen(null);
    setCodes(null);
    void client.invalidateQueries({ queryKey: IDENTITY });
  }

  /** Turning it on or off replaces the session: its token and the browser's subscription belonged to the old one. */
  function renewSession(): void {
    forgetToken();
    void import('@/lib/push/subscription').then(({ renew }) => renew(id)).catch(() => undefined);
  }

  async function turnOff(password: string): Promise<void> {
    await authRequest('two-factor/disable', { password });
    renewSession();
    tell('Two-step sign-in is off');
    close();
  }

  async function replaceCodes(password: string): Promise<void> {
    const { backupCodes = [] } = await authRequest('two-factor/generate-backup-codes', { password });
    setCodes(backupCodes);
  }

  if (isOn === undefined) return null;
  return (
    <Entry
      title="Two-step sign-in"
      lines={[
        isOn
          ? 'On. Signing in asks for a code of your authenticator app.'
          : 'Off. Signing in asks for the password alone.',
      ]}
    >
      {isOn ? (
        <>
          <Button onClick={() => setOpen('new-codes')}>New recovery codes…</Button>
          <Button look="danger" onClick={() => setOpen('turn-off')}>
            Turn off…
          </Button>
        </>
      ) : (
        <Button onClick={() => setOpen('turn-on')}>Turn on…</Button>
      )}
      {open === 'turn-on' && <TurnOn onTurnedOn={renewSession} onDone={close} />}
      {open === 'turn-off' && (
        <Dialog open onClose={close} title="Turn off two-step sign-in">
          <ProofForm action="Turn off" onProved={turnOff} />
        </Dialog>
      )}
      {open === 'new-codes' && (
        <Dialog open kept={codes !== null} onClose={close} title="New recovery codes">
          {codes ? (
            <RecoveryCodes codes={codes} onDone={close} />
          ) : (
            <ProofForm action="Replace the codes" onProved={replaceCodes} />
          )}
        </Dialog>
      )}
    </Entry>
  );
}
