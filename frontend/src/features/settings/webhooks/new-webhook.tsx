'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { Field, Input } from '@/components/field';
import { FormFailure } from '@/features/account/password-field';
import { useAttempt } from '@/features/account/use-attempt';
import { useProof } from '@/features/account/use-proof';
import { ShownOnce } from '@/features/settings/shown-once';
import { useUser } from '@/lib/user';
import { EVENTS } from './labels';
import { addWebhook, type EventType } from './queries';

const TITLE = 'New webhook';

export function NewWebhook({ onDone }: { onDone: () => void }) {
  const { id } = useUser();
  const client = useQueryClient();
  const { failure, busy, attempt } = useAttempt();
  const { proved, dialog } = useProof();
  const [secret, setSecret] = useState<string | null>(null);

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const webhook = {
      url: text(fields, 'url').trim(),
      events: fields.getAll('events') as EventType[],
      tags: text(fields, 'tags')
        .split(',')
        .map((tag) => tag.trim().replace(/^#/, ''))
        .filter(Boolean),
    };
    void attempt(async () => {
      if (webhook.events.length === 0) throw new Error('Choose at least one event.');
      setSecret(await proved(() => addWebhook(id, webhook)));
      await client.invalidateQueries({ queryKey: ['webhooks'] });
    });
  }

  if (secret !== null)
    return (
      <Dialog open kept onClose={onDone} title={TITLE}>
        <ShownOnce what="secret" secret={secret} onDone={onDone}>
          Copy the secret now: it is not shown again. The receiver verifies with it that a call is from here.
        </ShownOnce>
      </Dialog>
    );
  return (
    <Dialog open onClose={onDone} title={TITLE}>
      <form method="post" onSubmit={submit} className="flex flex-col gap-3">
        <Field label="URL" hint="It begins with https://">
          {(control) => (
            <Input {...control} name="url" type="url" required maxLength={1000} autoFocus autoComplete="off" />
          )}
        </Field>
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1 text-xs font-medium text-quiet">Events</legend>
          {EVENTS.map(([type, label]) => (
            <label key={type} className="flex items-center gap-2 text-sm">
              <input type="checkbox" name="events" value={type} defaultChecked={type !== 'reminder.due'} />
              {label}
            </label>
          ))}
        </fieldset>
        <Field label="Only tasks with one of these tags" hint="Separated by commas. Empty: all tasks">
          {(control) => <Input {...control} name="tags" autoComplete="off" maxLength={1000} />}
        </Field>
        <FormFailure failure={failure} />
        <Button type="submit" look="main" disabled={busy} className="self-start">
          Create
        </Button>
      </form>
      {dialog}
    </Dialog>
  );
}

function text(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}
