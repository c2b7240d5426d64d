'use client';

import { type SubmitEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Field, Input } from '@/components/field';
import { useProof } from '@/features/account/use-proof';
import { explain } from '@/lib/api/problem';
import { clientOfCode, decide } from './requests';

interface Props {
  /** The code from the link that the terminal opened. */
  given: string;
  email: string;
}

type Step = { name: 'enter' } | { name: 'decide'; client: string } | { name: 'approved' } | { name: 'denied' };

/** The pressed button is gone: focus moves to the new content, and to neither decision. */
const focus = (element: HTMLElement | null): void => element?.focus();

/** Shows what a code is for before it can be approved. That includes a code from a link, which others may have sent. */
export function DeviceForm({ given, email }: Props) {
  const [code, setCode] = useState(given);
  const [step, setStep] = useState<Step>({ name: 'enter' });
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { proved, dialog } = useProof();

  async function go(next: () => Promise<Step>): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      setStep(await next());
    } catch (error) {
      setFailure(explain(error));
    }
    setBusy(false);
  }

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    void go(async () => ({ name: 'decide', client: await clientOfCode(code) }));
  }

  const approve = () => go(() => proved(() => decide(code, 'approve')).then(() => ({ name: 'approved' })));
  const deny = () => go(() => decide(code, 'deny').then(() => ({ name: 'denied' })));

  return (
    <>
      <h1 className="mb-4 text-panel font-semibold">Sign a terminal in</h1>
      {step.name === 'enter' && (
        <form method="post" onSubmit={submit} className="flex flex-col gap-3">
          <Field label="Code" hint="As the terminal shows it">
            {(control) => (
              <Input
                {...control}
                value={code}
                onChange={(event) => setCode(event.target.value)}
                className="font-mono uppercase"
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                required
                maxLength={20}
              />
            )}
          </Field>
          <Button type="submit" look="main" disabled={busy}>
            Continue
          </Button>
        </form>
      )}
      {step.name === 'decide' && (
        <section
          aria-label="The request"
          tabIndex={-1}
          ref={focus}
          className="flex flex-col gap-3 text-sm outline-none"
        >
          <p>
            <strong>{step.client}</strong> asks to act for <strong>{email}</strong>: to see and change all tasks.
          </p>
          <p>
            Approve only when you have started this yourself, and your terminal shows{' '}
            <strong className="font-mono">{code.toUpperCase()}</strong>.
          </p>
          <Button look="main" disabled={busy} onClick={() => void approve()}>
            Approve
          </Button>
          <Button look="danger" disabled={busy} onClick={() => void deny()}>
            Deny
          </Button>
        </section>
      )}
      <div role="status" className="text-sm">
        {step.name === 'approved' && 'Approved. The terminal is signed in; you can close this page.'}
        {step.name === 'denied' && 'Denied. The terminal was not signed in; you can close this page.'}
      </div>
      {dialog}
      {failure && (
        <p role="alert" className="mt-3 text-sm text-danger">
          {failure}
        </p>
      )}
    </>
  );
}
