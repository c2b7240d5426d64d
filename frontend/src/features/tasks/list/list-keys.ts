'use client';

import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useRef } from 'react';
import { isComposing, isCovered, isTyping } from '@/lib/key-targets';
import { LIST_ID, openDetails } from '@/features/tasks/data/focus';
import { useChange } from '@/features/tasks/data/mutations';
import { movedBy } from '@/features/tasks/data/moves';
import { PRIORITIES, type Task } from '@/features/tasks/data/model';
import { useZone } from '@/lib/account';
import { useTasks } from '@/features/tasks/data/provider';
import type { Row } from '@/features/tasks/data/rows';
import type { ListQuery } from '@/features/tasks/data/lists';
import { addDays } from '@/lib/dates';
import { useBulkActions } from './bulk-actions';
import type { Selection } from '@/features/tasks/data/selection';

interface Parts {
  rows: Row[];
  query: ListQuery;
  selection: Selection;
  focus: (key: number) => void;
  edit: (key: number) => void;
  /** Moves a task up or down. */
  shift: (key: number, step: 1 | -1) => void;
}

/** Keyboard commands for the selected tasks, or else the active one, and keys that move the focus into the list. */
export function useListKeys({ rows, query, selection, focus, edit, shift }: Parts) {
  const { act, editAll, move, trash } = useChange();
  const { keyOf } = useTasks().store;
  const zone = useZone();
  const bulk = useBulkActions(selection, query);
  /** Actions for all selected tasks, if some of them are not loaded. */
  const all = selection.count > selection.tasks.length ? bulk : null;

  function onKeyDown({ nativeEvent: event }: ReactKeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (isTyping(target) || isComposing(event)) return;
    if (target.id === LIST_ID && !event.ctrlKey && !event.metaKey) return; // no row has the focus
    // On a button of the row, Enter and Space press the button.
    if (!target.matches('[data-title]') && (event.key === 'Enter' || event.key === ' ')) return;
    const tasks = rows.flatMap((row) => (row.kind === 'task' ? [row.task] : []));
    const at = tasks.findIndex((task) => keyOf(task.id) === selection.active);
    const active = tasks[at];
    if (!active) return;
    const chosen = selection.tasks.length > 0 ? selection.tasks : [active];
    const run = commandOf(event, { tasks, at, active, chosen });
    if (!run) return;
    event.preventDefault();
    run();
  }

  const enter = useRef<(event: KeyboardEvent) => void>(undefined);
  useEffect(() => {
    enter.current = (event) => {
      const tasks = rows.flatMap((row) => (row.kind === 'task' ? [row.task] : []));
      const first = isTyping(event.target) ? undefined : tasks.find((task) => keyOf(task.id) === selection.active);
      const task = first ?? tasks[0];
      if (!task || !entersList(event)) return;
      event.preventDefault();
      selection.activate(keyOf(task.id));
      if (event.key === 'Enter') openDetails(task.id);
      else focus(keyOf(task.id));
    };
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => enter.current?.(event);
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);

  function commandOf(
    event: KeyboardEvent,
    { tasks, at, active, chosen }: { tasks: Task[]; at: number; active: Task; chosen: Task[] },
  ): (() => void) | undefined {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey || event.metaKey) return key === 'a' ? selection.all : undefined;
    if (event.altKey) {
      const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : null;
      return step && !event.shiftKey ? () => shift(keyOf(active.id), step) : undefined;
    }
    const ids = chosen.map((task) => task.id);
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[key];
    const target = { Home: tasks[0], End: tasks.at(-1) }[key] ?? (step ? tasks[at + step] : undefined);
    // A held key repeats movements only.
    if (event.repeat && !step) return () => undefined;
    // Some keyboard layouts need Shift for digits.
    if (event.shiftKey && !target && !(Number(key) > 0)) return undefined;
    if (target)
      return () => {
        if (event.shiftKey) selection.extendTo(keyOf(target.id));
        else selection.activate(keyOf(target.id));
        focus(keyOf(target.id));
      };
    const trashed = active.status === 'deleted';
    const priority = PRIORITIES[Number(key) - 1];
    if (priority && !trashed) return () => (all ? all.setPriority(priority) : editAll(chosen, () => ({ priority })));
    switch (key) {
      case 'Enter':
        return () => openDetails(active.id);
      case ' ':
        return () => {
          if (trashed) return;
          if (all) {
            all.run(active.status === 'completed' ? 'reopen' : 'complete');
            return;
          }
          goOn();
          act(active.status === 'completed' ? 'reopen' : 'complete', ids);
        };
      case 'e':
        return trashed ? undefined : () => edit(keyOf(active.id));
      case 'x':
        return () => selection.toggle(keyOf(active.id));
      case 'd':
        return trashed ? undefined : () => openDetails(active.id, 'date');
      case 't':
        return trashed ? undefined : () => moveBy(0);
      case 'm':
        return trashed ? undefined : () => moveBy(1);
      case 'Delete':
      case 'Backspace':
        return () => {
          if (all) {
            if (trashed) all.run('restore');
            else all.trash();
            return;
          }
          goOn();
          if (trashed) act('restore', ids);
          else void trash(chosen);
        };
      case 'Escape':
        return selection.count > 0 ? selection.clear : undefined;
      default:
        return undefined;
    }

    function moveBy(days: number): void {
      if (all) all.moveTo(addDays(bulk.today, days));
      else void move(chosen, (task) => movedBy(task, days, zone));
    }

    /** Moves the focus to the next row, because the current one leaves the list (maybe after a delay). */
    function goOn(): void {
      const rest = tasks.filter((task) => !ids.includes(task.id));
      const next = rest.find((task) => tasks.indexOf(task) > at) ?? rest.at(-1);
      selection.clear();
      if (!next) return;
      selection.activate(keyOf(next.id));
      focus(keyOf(next.id));
    }
  }

  return { onKeyDown };
}

const INTO_THE_LIST = ['j', 'ArrowDown', 'Enter'];
/** Fields above the list. */
const ABOVE = ['search', 'quick-add'];

/** Returns whether a key moves the focus into the list: only where it has no other meaning. */
function entersList(event: KeyboardEvent): boolean {
  const { key, target } = event;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  if (!isPlain || !INTO_THE_LIST.includes(key) || event.defaultPrevented || isComposing(event)) return false;
  if (!(target instanceof HTMLElement) || isCovered()) return false;
  if (isTyping(target)) return key === 'ArrowDown' && ABOVE.includes(target.id) && isOnLastLine(target);
  if (target === document.body || target.id === 'main' || target.id === LIST_ID) return true;
  return key !== 'Enter' && target.closest(`aside, [aria-haspopup], #${LIST_ID}`) === null;
}

function isOnLastLine(field: HTMLElement): boolean {
  if (!(field instanceof HTMLTextAreaElement)) return true;
  return !field.value.slice(field.selectionEnd).includes('\n');
}
