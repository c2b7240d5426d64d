'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { openDetails } from '@/features/tasks/data/focus';
import type { Task } from '@/features/tasks/data/model';
import { isComposing, isCovered, isTyping } from '@/lib/key-targets';
import { openTask } from '@/lib/location';

interface Actions {
  task: Task | undefined;
  previous: number | undefined;
  next: number | undefined;
  close: () => void;
}

/** The keys of the details. With the focus in the list, its own keys come first. */
export function usePaneKeys(pane: RefObject<HTMLElement | null>, actions: Actions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event) || isCovered()) return;
      const run = actionOf(event, pane.current, latest.current);
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [pane]);
}

function actionOf(event: KeyboardEvent, pane: HTMLElement | null, actions: Actions): (() => void) | undefined {
  const { task, previous, next, close } = actions;
  const target = event.target as HTMLElement;
  const isWithin = pane?.contains(target) ?? false;
  // Elsewhere the key may belong to a field or to the assistant beside the details.
  const isFree = !isTyping(target) && (isWithin || !target.closest('aside'));
  if (event.key === 'Escape') return isWithin || isFree ? close : undefined;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey && !event.repeat;
  if (!isPlain || !isFree) return undefined;
  switch (event.key.toLowerCase()) {
    case 'd':
      return task && task.status !== 'deleted' ? () => openDetails(task.id, 'date') : undefined;
    case 'j':
      return isWithin && next !== undefined ? () => openTask(next) : undefined;
    case 'k':
      return isWithin && previous !== undefined ? () => openTask(previous) : undefined;
    default:
      return undefined;
  }
}
