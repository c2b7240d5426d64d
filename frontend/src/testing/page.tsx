import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { PathnameContext, SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime';
import type { ReactElement } from 'react';
import { keys } from '@/lib/query-keys';
import { TasksProvider } from '@/features/tasks/data/provider';
import { UserProvider } from '@/lib/user';

/** Renders what stands in the page of a user in Berlin, at an address whose queries have their answers. */
export function renderInPage(element: ReactElement, path = '/all', region: object = {}) {
  const { pathname, searchParams } = new URL(path, 'http://localhost');
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  client.setQueryData(keys.settings, {
    time_zone: 'Europe/Berlin',
    default_reminder_lead_time: null,
    all_day_reminder_time: '18:30',
    ...region,
  });
  client.setQueryData(keys.overview, {
    open: 0,
    today: 0,
    overdue: 0,
    upcoming: 0,
    due: 0,
    dated: 0,
    tags: [],
    changes_at: '2999-01-01T00:00:00Z',
  });
  return render(
    <QueryClientProvider client={client}>
      <UserProvider user={{ id: 'ann', name: 'Ann', email: 'ann@example.com', signedInUntil: Infinity }}>
        <PathnameContext value={pathname}>
          <SearchParamsContext value={searchParams}>
            <TasksProvider>{element}</TasksProvider>
          </SearchParamsContext>
        </PathnameContext>
      </UserProvider>
    </QueryClientProvider>,
  );
}
