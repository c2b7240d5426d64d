import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { keys } from '@/features/tasks/keys';
import { TasksProvider } from '@/features/tasks/provider';
import { UserProvider } from '@/lib/user';

/** Renders what stands in the page of somebody in Berlin, who has nothing to ask the server. */
export function renderInPage(element: ReactElement) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  client.setQueryData(keys.settings, {
    time_zone: 'Europe/Berlin',
    default_reminder_lead_time: null,
    all_day_reminder_time: '18:30',
  });
  client.setQueryData(keys.overview, { open: 0, today: 0, overdue: 0, upcoming: 0, tags: [] });
  return render(
    <QueryClientProvider client={client}>
      <UserProvider user={{ id: 'ann', name: 'Ann', email: 'ann@example.com' }}>
        <TasksProvider>{element}</TasksProvider>
      </UserProvider>
    </QueryClientProvider>,
  );
}
