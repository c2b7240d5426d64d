'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '@/components/button';
import { tell, tellFailure } from '@/components/toasts';
import { explain } from '@/lib/api/problem';
import type { ConnectedApp } from '@/lib/auth/apps/connected';
import { inPlainWords } from '@/lib/auth/apps/scopes';
import { authRead, authRequest } from '@/lib/auth/client';
import { day } from './day';
import { Entry, Group } from './setting';
import { Unloaded } from './unloaded';

const KEY = ['connected-apps'];

/** The apps, such as an assistant, that have access to the user's tasks. */
export function ConnectedApps() {
  const client = useQueryClient();
  const query = useQuery({ queryKey: KEY, queryFn: () => authRead<ConnectedApp[]>('connected-apps') });
  const revoke = useMutation({
    mutationFn: ({ id }: ConnectedApp) => authRequest('connected-apps/revoke', { id }),
    onSuccess: (_, { name }) => tell(`“${name}” is disconnected`),
    onError: (error) => tellFailure(explain(error)),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  if (!query.data) return <Unloaded title="Connected apps" query={query} />;
  const { data } = query;
  return (
    <Group
      title="Connected apps"
      {...(data.length > 0 ? { note: 'Disconnecting an app revokes its access at once.' } : {})}
    >
      {data.length === 0 && (
        <p className="px-4 py-3 text-sm text-quiet">No connected apps. An app asks for access when you connect it.</p>
      )}
      <ul className="divide-y divide-edge">
        {data.map((app) => (
          <li key={app.id}>
            <Entry
              title={app.name}
              lines={[
                `${inPlainWords(app.scopes).join('. ')}.`,
                `Allowed ${day(app.allowed)}${app.used ? `, last used ${day(app.used)}` : ''}`,
              ]}
            >
              <Button
                size="small"
                look="danger"
                aria-label={`Disconnect ${app.name}`}
                disabled={revoke.isPending}
                onClick={() => revoke.mutate(app)}
              >
                Disconnect
              </Button>
            </Entry>
          </li>
        ))}
      </ul>
    </Group>
  );
}
