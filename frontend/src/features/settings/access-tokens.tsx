'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useRef, useState } from 'react';
import { Button } from '@/components/button';
import { Confirm } from '@/components/confirm';
import { Dialog } from '@/components/dialog';
import { Field, Input, Select } from '@/components/field';
import { tell, tellFailure } from '@/components/toasts';
import { IdentityField } from '@/features/account/identity';
import { FormFailure } from '@/features/account/password-field';
import { entered, useAttempt } from '@/features/account/use-attempt';
import { useProof } from '@/features/account/use-proof';
import { explain } from '@/lib/api/problem';
import type { AccessToken } from '@/lib/auth/access-tokens';
import { inPlainWords } from '@/lib/auth/apps/scopes';
import { authRead, authRequest } from '@/lib/auth/client';
import { day } from './day';
import { Entry, Group } from './setting';
import { ShownOnce } from './shown-once';
import { Unloaded } from './unloaded';

const KEY = ['access-tokens'];

/** Access tokens for scripts. */
export function AccessTokens() {
  const client = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [leaving, setLeaving] = useState<AccessToken | null>(null);
  const query = useQuery({ queryKey: KEY, queryFn: () => authRead<AccessToken[]>('access-tokens') });
  const again = () => client.invalidateQueries({ queryKey: KEY });
  const remove = useMutation({
    mutationFn: ({ id }: AccessToken) => authRequest('access-tokens/delete', { id }),
    onSuccess: (_, { name }) => {
      tell(`“${name}” is deleted`);
      heading.current?.focus(); // the button is gone
    },
    onError: (error) => tellFailure(explain(error)),
    onSettled: again,
  });
  if (!query.data) return <Unloaded title="Access tokens" query={query} />;
  return (
    <Group
      title="Access tokens"
      heading={heading}
      note="A script signs in with one: put it into TODO_TOKEN for the todo command, or exchange it for the API."
    >
      <ul className="divide-y divide-edge">
        {query.data.map((token) => (
          <li key={token.id}>
            <Entry title={token.name} lines={[`${inPlainWords(token.scopes).join('. ')}.`, lifeOf(token)]}>
              <Button
                size="small"
                look="danger"
                aria-label={`Delete ${token.name}`}
                disabled={remove.isPending}
                onClick={() => setLeaving(token)}
              >
                Delete
              </Button>
            </Entry>
          </li>
        ))}
      </ul>
      <div className="px-4 py-3">
        <Button size="small" onClick={() => setIsOpen(true)}>
          New token…
        </Button>
      </div>
      {isOpen && <NewToken onCreated={() => void again()} onDone={() => setIsOpen(false)} />}
      {leaving && (
        <Confirm
          title={`Delete “${leaving.name}”?`}
          description="Whatever uses this token loses its access at once."
          action="Delete the token"
          onConfirm={() => remove.mutate(leaving)}
          onClose={() => setLeaving(null)}
        />
      )}
    </Group>
  );
}

function lifeOf({ createdAt, expiresAt, usedAt }: AccessToken): string {
  return `Created ${day(createdAt)}, ${usedAt ? `last used ${day(usedAt)}` : 'not used yet'}, expires ${day(expiresAt)}`;
}

function NewToken({ onCreated, onDone }: { onCreated: () => void; onDone: () => void }) {
  const { failure, busy, attempt } = useAttempt();
  const { proved, dialog } = useProof();
  const [token, setToken] = useState<string | null>(null);

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const fields = entered(event.currentTarget);
    void attempt(async () => {
      setToken((await proved(() => authRequest('access-tokens/create', fields), fields.password)).token ?? '');
      onCreated();
    });
  }

  if (token !== null)
    return (
      <Dialog open kept onClose={onDone} title="New access token">
        <ShownOnce what="token" secret={token} onDone={onDone}>
          Copy the token now: it is not shown again. Whoever has it has this access.
        </ShownOnce>
      </Dialog>
    );
  return (
    <Dialog open onClose={onDone} title="New access token">
      <form method="post" onSubmit={submit} className="flex flex-col gap-3">
        <Field label="Name" hint="What it is for">
          {(control) => <Input {...control} name="name" required maxLength={64} autoFocus autoComplete="off" />}
        </Field>
        <Field label="Access">
          {(control) => (
            <Select {...control} name="access" defaultValue="read">
              <option value="read">See tasks</option>
              <option value="write">See and change tasks</option>
            </Select>
          )}
        </Field>
        <Field label="Expires in">
          {(control) => (
            <Select {...control} name="days" defaultValue="90">
              <option value="7">7 days</option>
              <option value="30">30 days</option>
              <option value="90">90 days</option>
              <option value="365">A year</option>
            </Select>
          )}
        </Field>
        <IdentityField failure={failure} />
        <FormFailure failure={failure} />
        <Button type="submit" look="main" disabled={busy} className="self-start">
          Create
        </Button>
      </form>
      {dialog}
    </Dialog>
  );
}
