'use client';

import { giveKeys } from '@/components/held-keys';
import { later } from '@/components/later';
import { useEffect } from 'react';
import { ViewHeader } from '@/components/view-header';
import { QuickAdd } from '@/features/quick-add/quick-add';
import { ListHeader } from '@/features/tasks/list/list-header';
import { TaskView } from '@/features/tasks/list/task-view';
import { useIsCalendar } from '@/lib/calendars';
import { useParameters, useViewName } from '@/lib/location';
import { takesTasks, viewNamed } from '@/lib/views';

const ActivityView = later(() => import('@/features/activity/activity-view').then((found) => found.ActivityView));
const CalendarView = later(() => import('@/features/tasks/calendar/calendar-view').then((found) => found.CalendarView));
const SettingsView = later(() => import('@/features/settings/settings-view').then((found) => found.SettingsView));

/** Renders the view that the URL names. What is typed in quick-add stays while the view changes. */
export function CurrentView() {
  const name = useViewName();
  const parameters = useParameters();
  const tag = parameters.get('name');
  const isCalendar = useIsCalendar(name) && !parameters.get('q'); // search results are a list
  const view = viewNamed(name);
  const title = name === 'tag' && tag ? `#${tag}` : (view?.title ?? '');
  useEffect(() => {
    document.title = `${title} · Todo`;
  }, [title]);
  const isList = view?.list !== undefined;
  useEffect(() => {
    if (!isList) giveKeys();
  }, [name, isList]);
  if (!view) return null;
  const list = { view, tag: name === 'tag' ? tag : null };
  const key = name + (tag ?? '');
  return (
    <section aria-labelledby="view-title" className="relative flex min-h-0 w-full flex-1 flex-col">
      <div className="-mb-8 shrink-0 pb-8 md:gutters md:overflow-y-hidden">
        {isList ? <ListHeader {...list} key={`header of ${key}`} title={title} /> : <ViewHeader title={title} />}
        <QuickAdd hasField={takesTasks(view)} />
      </div>
      {isList && (isCalendar ? <CalendarView {...list} key={key} /> : <TaskView {...list} key={key} />)}
      {name === 'activity' && <ActivityView />}
      {name === 'settings' && <SettingsView />}
    </section>
  );
}
