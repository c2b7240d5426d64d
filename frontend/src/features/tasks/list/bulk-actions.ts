'use client';

import { type Act, type Edit, editOf, type Matching } from '@/features/tasks/data/changes';
import { focusList } from '@/features/tasks/data/focus';
import type { ListQuery } from '@/features/tasks/data/lists';
import type { Fields, Priority, Task } from '@/features/tasks/data/model';
import { movedTo } from '@/features/tasks/data/moves';
import { useChange } from '@/features/tasks/data/mutations';
import { askScope } from '@/features/tasks/data/scope';
import type { Selection } from '@/features/tasks/data/selection';
import { retagged } from '@/features/tasks/data/tags';
import { useZone } from '@/lib/account';
import { wallClock } from '@/lib/dates';

type Operation = Matching['operation'];
type Moved = 'complete' | 'reopen' | 'restore';
const SAID = { complete: 'completed', reopen: 'reopened', restore: 'restored', delete: 'moved to the trash' };

/**
 * Returns the actions for the selected tasks. If tasks are selected that are not loaded, the server changes all that
 * match the filters of the list.
 */
export function useBulkActions(selection: Selection, query: ListQuery) {
  const { act, editAll, matching, move, trash } = useChange();
  const zone = useZone();
  const { tasks, count, allBut } = selection;
  const ids = tasks.map((task) => task.id);
  const isAll = allBut !== null && count > tasks.length;

  /** Ends the selection, as the tasks may leave the list. */
  function finish(run: () => void): void {
    run();
    selection.clear();
    focusList(selection.active);
  }

  function all(operation: Operation, effect: Edit | Act, what: string): void {
    const { status, priority, tags } = query;
    const said = `${count.toLocaleString()} tasks ${what}`;
    matching({ where: { status, priority, tags }, excluded: allBut ?? [], operation, effect, count, said });
  }

  function acting(action: Act['action'], scope: Act['scope'] = 'this'): void {
    all({ op: action, scope }, { kind: 'act', action, ids, scope }, SAID[action]);
  }

  function editing(operation: Operation, fields: (task: Task) => Fields, what: string): void {
    const edits = tasks.map((task) => editOf(task, fields(task), { careful: false }));
    all(operation, { kind: 'edit', edits, scope: operation.scope }, what);
  }

  function update(data: Record<string, unknown>, fields: (task: Task) => Fields, what: string): void {
    if (isAll) editing({ op: 'update', data, scope: 'this' }, fields, what);
    else editAll(tasks, fields);
  }

  function retag(add: string[], remove: string[], what: string): void {
    const fields = (task: Task) => ({ tags: retagged(task.tags, add, remove) });
    if (isAll) editing({ op: 'retag', data: { add, remove }, scope: 'this' }, fields, what);
    else editAll(tasks, fields);
  }

  async function moveAll(day: string): Promise<void> {
    const scope = await askScope(tasks, 'change', count);
    const operation = { op: 'update' as const, data: { when: day }, scope: scope ?? 'this' };
    if (scope) editing(operation, (task) => movedTo(task, day, zone), 'moved');
  }

  async function trashAll(): Promise<void> {
    const scope = await askScope(tasks, 'trash', count);
    if (scope) acting('delete', scope);
  }

  return {
    run: (action: Moved) => finish(() => (isAll ? acting(action) : act(action, ids))),
    moveTo: (day: string) =>
      finish(() => void (isAll ? moveAll(day) : move(tasks, (task) => movedTo(task, day, zone)))),
    clearDate: () => finish(() => update({ due_date: null }, () => ({ due_date: null }), 'have no date now')),
    setPriority: (priority: Priority) =>
      finish(() => update({ priority }, () => ({ priority }), `changed to ${priority.toLowerCase()} priority`)),
    addTag: (tag: string) => finish(() => retag([tag], [], `tagged #${tag}`)),
    removeTag: (tag: string) => finish(() => retag([], [tag], `without #${tag} now`)),
    trash: () => finish(() => void (isAll ? trashAll() : trash(tasks))),
    today: wallClock(new Date(), zone).day,
  };
}
