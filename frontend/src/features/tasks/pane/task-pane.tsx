'use client';

import { useCallback, useEffect, useRef } from 'react';
import { useKeptFocus } from '@/components/kept-focus';
import { focusList, openEditor, PANE_ID } from '@/features/tasks/data/focus';
import { useTasks } from '@/features/tasks/data/provider';
import { useTask } from '@/features/tasks/data/queries';
import { useNeighbours } from '@/features/tasks/data/shown';
import { explain } from '@/lib/api/problem';
import { openTask } from '@/lib/location';
import { Details } from './details';
import { PaneHeader } from './pane-header';
import { usePaneKeys } from './pane-keys';

/** The details of a task, beside the list or over it on a narrow screen. They stay while one walks through the list. */
export function TaskPane({ id }: { id: number }) {
  const { data: task, error } = useTask(id);
  const { store } = useTasks();
  const pane = useRef<HTMLElement>(null);
  const key = store.keyOf(id);
  const neighbours = useNeighbours(key);
  const close = useCallback(() => {
    openTask(null);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    focusList(key);
  }, [key]);
  useEffect(() => {
    // An editor takes the focus itself.
    if (openEditor.get() === null && !pane.current?.contains(document.activeElement)) pane.current?.focus();
    return () => {
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) focusList(key);
      });
    };
  }, [key]);
  usePaneKeys(pane, { task, close, ...neighbours });
  const kept = useKeptFocus(pane, () => pane.current?.focus());
  return (
    <aside
      ref={pane}
      id={PANE_ID}
      tabIndex={-1}
      aria-label="Task details"
      {...kept}
      className="fixed inset-0 z-30 flex animate-slide flex-col overflow-y-auto border-edge bg-ground outline-none lg:static lg:min-h-0 lg:w-pane lg:flex-1 lg:border-l 2xl:flex-none"
    >
      <PaneHeader id={id} task={task} onClose={close} {...neighbours} />
      {task ? (
        <Details key={key} task={task} />
      ) : error ? (
        <p role="alert" className="p-4 text-sm">
          {explain(error)}
        </p>
      ) : (
        id < 0 && (
          <p role="status" className="p-4 text-sm">
            This task is not saved yet.
          </p>
        )
      )}
    </aside>
  );
}
