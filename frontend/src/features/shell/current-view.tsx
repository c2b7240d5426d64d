'use client';

import { giveKeys } from '@/components/held-keys';
import { later } from '@/components/later';
import { useEffect } from 'react';
import { TaskView } from '@/features/tasks/list/task-view';
import { useParameters, useViewName } from '@/lib/location';
import { viewNamed } from '@/lib/views';

const ActivityView = later(() => import('@/features/activity/activity-view').then((found) => found.ActivityView));
const SettingsView = later(() => import('@/features/settings/settings-view').then((found) => found.SettingsView));

/** Renders the view that the URL names. */
export function CurrentView() {
  const name = useViewName();
  const tag = useParameters().get('name');
  const view = viewNamed(name);
  const title = name === 'tag' && tag ? `#${tag}` : (view?.title ?? '');
  useEffect(() => {
    document.title = `${title} · Todo`;
  }, [title]);
  const isList = view?.list !== undefined;
  useEffect(() => {
    if (!isList) giveKeys();
  }, [name, isList]);
  if (name === 'activity') return <ActivityView />;
  if (name === 'settings') return <SettingsView />;
  return view?.list ? (
    <TaskView key={name + (tag ?? '')} view={view} title={title} tag={name === 'tag' ? tag : null} />
  ) : null;
}
