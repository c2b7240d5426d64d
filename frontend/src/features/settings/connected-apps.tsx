'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '@/components/button';
import { tell, tellFailure } from '@/components/toasts';
import { explain } from '@/lib/api/problem';
import type { ConnectedApp } from '@/lib/auth/apps/connected';
import { inPlainWords } from '@/lib/auth/apps/scopes';
import { authRequest } from '@/lib/auth/client';
import { day } from './day';

const KEY = ['connected-apps'];

async function fetchApps(): Promise<ConnectedApp[]> {
  const answer = await fetch('/api/auth/connected-apps', { cache: 'no-store' });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return (await answer.json()) as ConnectedApp[];
}

/** The apps, such as an assistant, that have access to the user's tasks. */
export function ConnectedApps() {
  const client = useQueryClient();
  const { data } = useQuery({ queryKey: KEY, queryFn: fetchApps });
  const revoke = useMutation({
    mutationFn: ({ id }: ConnectedApp) => authRequest('connected-apps/revoke', { id }),
    onSuccess: (_, { name }) => tell(`“${name}” is disconnected`),
    onError: (error) => tellFailure(explain(error)),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  if (!data) return null;
  return (
    <section aria-labelledby="connected-apps" className="flex flex-col gap-2">
      <h2 id="connected-apps" className="text-xs font-medium text-quiet">
        Connected apps
      </h2>
      {data.length === 0 && (
        <p className="text-sm text-quiet">No connected apps. An app asks for access when you connect it.</p>
      )}
      <ul className="flex flex-col gap-2">
        {data.map((app) => (
          <li key={app.id} className="flex items-start gap-2 rounded-md border border-edge p-3 text-sm">
            <div className="min-w-0 flex-1">
              <p className="font-medium break-words">{app.name}</p>
              <p className="text-xs text-quiet">{inPlainWords(app.scopes).join('. ')}.</p>
              <p className="text-xs text-quiet">
                Allowed {day(app.allowed)}
                {app.used && `, last used ${day(app.used)}`}
              </p>
            </div>
            <Button
              size="small"
              look="danger"
              aria-label={`Disconnect ${app.name}`}
              disabled={revoke.isPending}
              onClick={() => revoke.mutate(app)}
            >
              Disconnect
            </Button>
          </li>
        ))}
      </ul>
      {data.length > 0 && <p className="text-xs text-quiet">Disconnecting an app revokes its access at once.</p>}
    </section>
  );
}
