/** A change as data: what it does to a task before the server has answered, and how it is taken back. */
import type { Ambiguity, Typed } from '@/features/quick-add/understood';
import { instantOf, isAllDay, wallOf } from '@/lib/dates';
import { EDITABLE, type Field, type Fields, type NewTask, same, type Scope, type Task } from './model';

export type Action = 'complete' | 'reopen' | 'delete' | 'restore';

export interface Create {
  kind: 'create';
  /** Below zero until the server has given a number. */
  id: number;
  /** Makes a repeated request harmless. */
  key: string;
  task: NewTask;
  /** The line that it was typed as, which is still to be read; until then the task is the plain text. */
  typed?: Typed;
  /** What the line left open: asked once the task is made. */
  open?: Ambiguity[];
  /** From a page that was left while it was being sent: the server may have it already, so it is not shown before the answer. */
  again?: true;
}

interface FieldEdit {
  id: number;
  /** The one that the person saw; null takes whatever is there. */
  version: number | null;
  fields: Fields;
  /** What these fields were when the person saw them. */
  base: Fields;
}

export interface Edit {
  kind: 'edit';
  edits: FieldEdit[];
  scope: Scope;
}

export interface Act {
  kind: 'act';
  action: Action;
  ids: number[];
  scope: Scope;
}

export type Change = Create | Edit | Act;

/** With a temporary number below zero. */
export function creation(task: NewTask): Create {
  return { kind: 'create', id: nextTemporary(), key: crypto.randomUUID(), task };
}

const PER_MILLISECOND = 2 ** 11;
let lastTemporary = 0;

/** The later one is the lower one. By the time and by chance, so that another page does not use the same. */
function nextTemporary(): number {
  const now = -Math.floor((Date.now() + Math.random()) * PER_MILLISECOND);
  lastTemporary = Math.min(now, lastTemporary - 1);
  return lastTemporary;
}

export function idsOf(change: Change): number[] {
  if (change.kind === 'create') return [change.id];
  return change.kind === 'edit' ? change.edits.map((edit) => edit.id) : change.ids;
}

/** The change with other numbers for its tasks: those that the server has given meanwhile. */
export function renumbered(change: Change, number: (id: number) => number): Change {
  if (change.kind === 'create') return change;
  if (change.kind === 'act') return { ...change, ids: change.ids.map(number) };
  return { ...change, edits: change.edits.map((edit) => ({ ...edit, id: number(edit.id) })) };
}

/** The change for some of its tasks. */
export function narrowed<T extends Change>(change: T, keeps: (id: number) => boolean): T {
  if (change.kind === 'create') return change;
  if (change.kind === 'act') return { ...change, ids: change.ids.filter(keeps) };
  return { ...change, edits: change.edits.filter((edit) => keeps(edit.id)) };
}

/** The task as it will be when the change is done. */
export function applied(task: Task, change: Change, now: Date): Task {
  const at = now.toISOString();
  if (change.kind === 'edit') {
    const fields = change.edits.find((edit) => edit.id === task.id)?.fields;
    return fields ? edited({ ...task, updated_at: at }, fields) : task;
  }
  if (change.kind === 'create' || !change.ids.includes(task.id)) return task;
  switch (change.action) {
    case 'complete':
      return { ...task, status: 'completed', completed: true, completed_at: at, updated_at: at };
    case 'reopen':
      return { ...task, status: 'pending', completed: false, completed_at: null, updated_at: at };
    case 'delete':
      return { ...task, status: 'deleted', deleted_at: at, updated_at: at };
    case 'restore':
      return { ...task, status: task.completed ? 'completed' : 'pending', deleted_at: null, updated_at: at };
  }
}

function edited(task: Task, fields: Fields): Task {
  const after = { ...task, ...fields };
  if (fields.due_date === null) after.reminder_lead_time = fields.reminder_lead_time ?? null;
  if (fields.recurrence_pattern === 'none') after.recurrence = null;
  if (after.due_date !== null && !isAllDay(after.due_date)) {
    const wall = wallOf(after.due_date, after.time_zone);
    after.due_date = instantOf(wall.day, wall.time ?? '00:00', after.time_zone).toISOString();
  }
  return after;
}

export function created({ id, task }: Create, zone: string, now: Date): Task {
  const at = now.toISOString();
  const blank: Task = {
    id,
    title: task.title,
    description: '',
    status: 'pending',
    completed: false,
    completed_at: null,
    priority: 'Medium',
    tags: [],
    due_date: null,
    time_zone: zone,
    recurrence_pattern: 'none',
    recurrence: null,
    reminder_lead_time: null,
    series_id: null,
    slot: null,
    version: 1,
    created_at: at,
    updated_at: at,
    deleted_at: null,
  };
  return edited(blank, withoutUndefined(task));
}

const OPPOSITE: Record<Action, Action> = {
  complete: 'reopen',
  reopen: 'complete',
  delete: 'restore',
  restore: 'delete',
};

/** What takes the change back, when `before` is how the tasks were and `after` how they are: null when nothing differs. */
export function inverse(change: Change, before: ReadonlyMap<number, Task>, after: readonly Task[]): Change | null {
  // All of a series goes: deleting one occurrence would make the next. A line that is not read yet may be one.
  if (change.kind === 'create') return { kind: 'act', action: 'delete', ids: [change.id], scope: 'series' };
  const changed = after.flatMap((task) => {
    const earlier = before.get(task.id);
    return earlier ? [{ task, earlier }] : [];
  });
  if (change.kind === 'act') {
    const ids = changed.filter(({ task, earlier }) => task.status !== earlier.status).map(({ task }) => task.id);
    return ids.length > 0 ? { kind: 'act', action: OPPOSITE[change.action], ids, scope: change.scope } : null;
  }
  const edits = changed
    .map(({ task, earlier }) => editOf(task, difference(task, earlier)))
    .filter((edit) => fieldsOf(edit.fields).length > 0);
  return edits.length > 0 ? { kind: 'edit', edits, scope: change.scope } : null;
}

/** An edit of a task as it is seen here. Of many tasks at once, each takes it whatever its version. */
export function editOf(task: Task, fields: Fields, { careful = true } = {}): FieldEdit {
  const base = Object.fromEntries(fieldsOf(fields).map((name) => [name, task[name]]));
  return { id: task.id, version: careful ? task.version : null, fields, base };
}

export function fieldsOf(fields: Fields): Field[] {
  return Object.keys(fields) as Field[];
}

/** The fields in which the second one differs, with its values: also those that followed from a change. */
export function difference(from: Task, to: Task): Fields {
  const names = EDITABLE.filter((name) => !same(from[name], to[name]));
  return Object.fromEntries(names.map((name) => [name, to[name]]));
}

/** What a person reads when it is done; one task is called by its name. */
export function describe(change: Change, tasks: readonly Task[] = []): string {
  const count = change.kind === 'create' ? 1 : idsOf(change).length;
  const title = tasks[0]?.title ?? (change.kind === 'create' ? change.task.title : undefined);
  const subject = count > 1 ? `${count} tasks` : title === undefined ? 'The task' : `“${shortened(title)}”`;
  if (change.kind === 'create') return `${subject} added`;
  if (change.kind === 'edit') return `${subject} changed`;
  const done = { complete: 'completed', reopen: 'reopened', delete: 'moved to the trash', restore: 'restored' };
  return `${subject} ${done[change.action]}`;
}

function shortened(title: string): string {
  return title.length > 40 ? `${title.slice(0, 39)}…` : title;
}

function withoutUndefined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
