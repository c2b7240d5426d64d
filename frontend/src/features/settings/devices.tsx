'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { Button } from '@/components/button';
import { tell, tellFailure } from '@/components/toasts';
import { explain } from '@/lib/api/problem';
import { authRead, authRequest } from '@/lib/auth/client';
import type { SessionInfo } from '@/lib/auth/sessions';
import { day } from './day';
import { Entry, Group } from './setting';
import { Unloaded } from './unloaded';

const KEY = ['sessions'];
const CLIENTS: Readonly<Record<string, string>> = { web: 'Browser', terminal: 'Terminal' };

/** Where the user is signed in. Each device can be signed out, except this one: that is in the account menu. */
export function Devices() {
  const client = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const query = useQuery({ queryKey: KEY, queryFn: () => authRead<SessionInfo[]>('sessions') });
  const end = useMutation({
    mutationFn: (session: SessionInfo | null) =>
      session ? authRequest('sessions/revoke', { id: session.id }) : authRequest('sessions/revoke-others'),
    onSuccess: (_, session) => {
      tell(session ? `“${nameOf(session)}” is signed out` : 'All other devices are signed out');
      heading.current?.focus(); // the button is gone
    },
    onError: (error) => tellFailure(explain(error)),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  if (!query.data) return <Unloaded title="Devices" query={query} />;
  const { data } = query;
  const others = data.filter(({ current }) => !current);
  return (
    <Group
      title="Devices"
      heading={heading}
      note="A device that is signed out loses its access at once. Every device signs in again after 90 days."
    >
      <ul className="divide-y divide-edge">
        {[...data.filter(({ current }) => current), ...others].map((session) => (
          <li key={session.id}>
            <Entry title={nameOf(session)} lines={[lastUse(session)]}>
              {!session.current && (
                <Button
                  size="small"
                  look="danger"
                  aria-label={`Sign out ${nameOf(session)}`}
                  disabled={end.isPending}
                  onClick={() => end.mutate(session)}
                >
                  Sign out
                </Button>
              )}
            </Entry>
          </li>
        ))}
      </ul>
      {others.length > 1 && (
        <div className="px-4 py-3">
          <Button look="danger" size="small" disabled={end.isPending} onClick={() => end.mutate(null)}>
            Sign out all other devices
          </Button>
        </div>
      )}
    </Group>
  );
}

function lastUse({ current, updatedAt, createdAt, address }: SessionInfo): string {
  const used = current ? 'This device' : `Last used ${day(updatedAt)}`;
  return `${used}, signed in ${day(createdAt)}${address ? `, from ${address}` : ''}`;
}

function nameOf({ client, device }: SessionInfo): string {
  return device && client === 'web' ? device : (CLIENTS[client] ?? client);
}
