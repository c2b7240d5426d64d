'use client';

import type { QueryClient } from '@tanstack/react-query';
import { type Copy, reloadOnline } from '@/features/tasks/data/copy';
import { keys } from '@/lib/query-keys';
import { CurrentView } from './current-view';
import { Providers } from './providers';
import { Shell } from './shell';

/** The suite with the tasks of the offline copy. It goes on with those of the server once that can be reached. */
export function CopiedSuite({ copy }: { copy: Copy }) {
  function fill(client: QueryClient): void {
    client.setQueryData(keys.settings, copy.settings);
    client.setQueryData(keys.overview, copy.overview);
    for (const queryKey of [keys.settings, keys.overview]) void client.invalidateQueries({ queryKey });
    reloadOnline(client);
  }
  return (
    <Providers user={copy.user} fill={fill}>
      <Shell chatkitDomainKey="">
        <CurrentView />
      </Shell>
    </Providers>
  );
}
