/** A change as data: its effect on a task before the server answers, and how its undo is shown. */
import type { Ambiguity, Typed } from './understood';
import { instantOf, isAllDay, shortDay, wallOf } from '@/lib/dates';
import type { Schemas } from '@/lib/api/client';
import type { Filters } from './lists';
import { EDITABLE, type Field, type Fields, type NewTask, same, type Scope, type Task } from './model';
import { naturalPosition } from './positions';
import { newTags, retagged } from './tags';

export type Action = 'complete' | 'reopen' | 'delete' | 'restore';

interface Undoable {
  /** Id of the step that the server undoes. All requests of the change share it. */
  step?: string;
}

export interface Create extends Undoable {
  kind: 'create';
  /** Negative until the server has assigned a number. */
  id: number;
  /** Idempotency key of the request. */
  key: string;
  task: NewTask;
  /** The typed line, if it is still to be parsed; until then `task` is the plain text. */
  typed?: Typed;
  /** Ambiguities of the line. The user is asked once the task is created. */
  open?: Ambiguity[];
  /** Left over from a page that closed. The server may have the task already, so it is shown only after the answer. */
  again?: true;
}

export interface FieldEdit {
  id: number;
  /** The version that the user saw (`If-Match`); null edits any version. */
  version: number | null;
  fields: Fields;
  /** The values of these fields that the user saw. */
  base: Fields;
}

export interface Edit extends Undoable {
  kind: 'edit';
  edits: FieldEdit[];
  scope: Scope;
}

export interface Act extends Undoable {
  kind: 'act';
  action: Action;
  ids: number[];
  scope: Scope;
}

/** The undo or redo of a step, made by the server; `shown` has the fields to show until the answer. */
export interface Undo {
  kind: 'undo' | 'redo';
  step: string;
  shown: { id: number; fields: Partial<Task> }[];
}

/** One operation for all tasks that match filters, made by the server in batches. */
export interface Matching extends Undoable {
  kind: 'matching';
  where: Filters;
  /** Numbers of matching tasks to leave as they are. */
  excluded: number[];
  operation: Pick<Schemas['BulkMatching'], 'op' | 'data' | 'scope'>;
  /** What it does to the tasks that the page knows; null if they are shown changed after the answer only. */
  effect: Edit | Act | null;
  /** The number of matching tasks, as far as the page knows. */
  count: number;
  /** What is said about it: "#work renamed to #job". */
  said: string;
}

export type Change = Create | Edit | Act | Matching | Undo;

/** Returns a creation with a temporary, negative number. */
export function creation(task: NewTask): Create {
  return { kind: 'create', id: nextTemporary(), key: crypto.randomUUID(), task };
}

const PER_MILLISECOND = 2 ** 11;
let lastTemporary = 0;

/** Later numbers are lower. They combine the time and a random part, so that two pages do not use the same number. */
function nextTemporary(): number {
  const now = -Math.floor((Date.now() + Math.random()) * PER_MILLISECOND);
  lastTemporary = Math.min(now, lastTemporary - 1);
  return lastTemporary;
}

export function isUndo(change: Change): change is Undo {
  return change.kind === 'undo' || change.kind === 'redo';
}

export function idsOf(change: Change): number[] {
  if (change.kind === 'matching') return change.effect ? idsOf(change.effect) : [];
  if (change.kind === 'create') return [change.id];
  if (isUndo(change)) return change.shown.map(({ id }) => id);
  return change.kind === 'edit' ? change.edits.map((edit) => edit.id) : change.ids;
}

/** Returns the change with its task numbers mapped by `number`. The `id` of a creation stays. */
export function renumbered<T extends Change>(change: T, number: (id: number) => number): T {
  if (change.kind === 'create') return change;
  if (change.kind === 'matching')
    return {
      ...change,
      excluded: change.excluded.map(number),
      effect: change.effect && renumbered(change.effect, number),
    };
  if (change.kind === 'act') return { ...change, ids: change.ids.map(number) };
  if (isUndo(change)) return { ...change, shown: change.shown.map((task) => ({ ...task, id: number(task.id) })) };
  return { ...change, edits: change.edits.map((edit) => ({ ...edit, id: number(edit.id) })) };
}

/**
 * Returns the change for the tasks that `keeps` accepts. An undo and an operation for all that match stay as they are:
 * the server makes them as a whole.
 */
export function narrowed<T extends Change>(change: T, keeps: (id: number) => boolean): T {
  if (change.kind === 'create' || change.kind === 'matching' || isUndo(change)) return change;
  if (change.kind === 'act') return { ...change, ids: change.ids.filter(keeps) };
  return { ...change, edits: change.edits.filter((edit) => keeps(edit.id)) };
}

/** Returns the task as it will be after the change. */
export function applied(task: Task, change: Change, now: Date): Task {
  if (change.kind === 'matching') return change.effect ? applied(task, change.effect, now) : task;
  const at = now.toISOString();
  if (change.kind === 'edit') {
    const edit = change.edits.find(({ id }) => id === task.id);
    return edit ? edited({ ...task, updated_at: at }, withMergedTags(edit, task)) : task;
  }
  if (isUndo(change)) {
    const fields = change.shown.find((one) => one.id === task.id)?.fields;
    return fields ? { ...task, ...fields, updated_at: at } : task;
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

/** Returns the fields of an edit. Tags that were added or removed elsewhere meanwhile stay so. */
export function withMergedTags({ fields, base }: FieldEdit, task: Task): Fields {
  const [before, after] = [base.tags, fields.tags];
  if (!before || !after || same(before, task.tags)) return fields;
  return { ...fields, tags: retagged(task.tags, newTags(before, after), newTags(after, before)) };
}

function edited(task: Task, fields: Fields): Task {
  const after = { ...task, ...fields, position: fields.position ?? task.position };
  if (fields.due_date === null) after.reminders = fields.reminders ?? [];
  if (fields.recurrence_pattern === 'none') after.recurrence = null;
  if (after.due_date !== null && !isAllDay(after.due_date)) {
    const wall = wallOf(after.due_date, after.time_zone);
    after.due_date = instantOf(wall.day, wall.time ?? '00:00', after.time_zone).toISOString();
  }
  const isPlaced = fields.position ?? (fields.position === undefined && isLeftInPlace(task, after));
  return isPlaced ? after : { ...after, position: naturalPosition(after) };
}

/** Whether a task that was moved by hand keeps its place: on the same day. */
function isLeftInPlace(task: Task, after: Task): boolean {
  const dayOf = ({ due_date }: Task) => due_date && wallOf(due_date, after.time_zone).day;
  return task.position !== naturalPosition(task) && dayOf(task) === dayOf(after);
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
    priority: 'None',
    tags: [],
    due_date: null,
    time_zone: zone,
    recurrence_pattern: 'none',
    recurrence: null,
    reminder_lead_time: null,
    reminders: [],
    position: '',
    series_id: null,
    rrule: null,
    anchor: null,
    slot: null,
    version: 1,
    created_at: at,
    updated_at: at,
    deleted_at: null,
  };
  return edited({ ...blank, position: naturalPosition(blank) }, withoutUndefined(task));
}

/** Returns the undo of a step from its tasks as shown before and after it, or null if nothing differs. */
export function undoOf(step: string, before: ReadonlyMap<number, Task>, after: readonly Task[]): Undo | null {
  const shown = after.map((task) => {
    const earlier = before.get(task.id);
    return { id: task.id, fields: earlier ? replaced(task, earlier) : trashed(task) };
  });
  const changed = shown.filter(({ fields }) => Object.keys(fields).length > 0);
  return changed.length > 0 ? { kind: 'undo', step, shown: changed } : null;
}

/** Returns the redo of a step that was undone, from its tasks as shown before and after it. */
export function redoOf(step: string, before: ReadonlyMap<number, Task>, after: readonly Task[]): Undo {
  const shown = after.map((task) => {
    const earlier = before.get(task.id);
    return { id: task.id, fields: earlier ? replaced(earlier, task) : { status: task.status, deleted_at: null } };
  });
  return { kind: 'redo', step, shown };
}

/** Returns the earlier values of the fields that differ, except `version` and `updated_at`, which every change sets. */
function replaced(task: Task, earlier: Task): Partial<Task> {
  const names = (Object.keys(earlier) as (keyof Task)[]).filter(
    (name) => name !== 'version' && name !== 'updated_at' && !same(task[name], earlier[name]),
  );
  return Object.fromEntries(names.map((name) => [name, earlier[name]]));
}

/** Undoing a creation moves the task to the trash. */
function trashed(task: Task): Partial<Task> {
  return { status: 'deleted', deleted_at: task.updated_at };
}

/** Returns an edit of a task as shown here. Without `careful` (edits of several tasks) it applies to any version. */
export function editOf(task: Task, fields: Fields, { careful = true } = {}): FieldEdit {
  const base = Object.fromEntries(fieldsOf(fields).map((name) => [name, task[name]]));
  return { id: task.id, version: careful ? task.version : null, fields, base };
}

export function fieldsOf(fields: Fields): Field[] {
  return Object.keys(fields) as Field[];
}

/** Returns the editable fields that differ, with the values of `to`, including those that a change set implicitly. */
export function difference(from: Task, to: Task): Fields {
  const names = EDITABLE.filter((name) => !same(from[name], to[name]));
  const isNatural = to.position === naturalPosition(to);
  return Object.fromEntries(names.map((name) => [name, name === 'position' && isNatural ? null : to[name]]));
}

/** Returns the message for a completed change. A single task is named by its title. */
export function describe(change: Change, tasks: readonly Task[] = []): string {
  if (change.kind === 'matching') return change.said;
  const count = change.kind === 'create' ? 1 : idsOf(change).length;
  const title = tasks[0]?.title ?? (change.kind === 'create' ? change.task.title : undefined);
  const subject = count > 1 ? `${count} tasks` : title === undefined ? 'The task' : `“${shortened(title)}”`;
  if (isUndo(change)) return change.kind === 'undo' ? 'Undo' : 'Redo';
  if (change.kind === 'create') return `${subject} added`;
  if (change.kind === 'edit') return `${subject} ${changed(change, tasks[0])}`;
  const done = { complete: 'completed', reopen: 'reopened', delete: 'moved to the trash', restore: 'restored' };
  return `${subject} ${done[change.action]}`;
}

/** Returns what an edit did to its tasks, the first of which is `task` by now. */
function changed({ edits }: Edit, task: Task | undefined): string {
  const names = Object.keys(edits[0]?.fields ?? {});
  const [field, ...others] = names.filter((name) => name !== 'position');
  if (!task || others.length > 0) return 'changed';
  if (field === undefined) return 'moved';
  if (field === 'due_date')
    return task.due_date === null
      ? 'has no date now'
      : `moved to ${shortDay(wallOf(task.due_date, task.time_zone).day)}`;
  if (field === 'priority') return `changed to ${task.priority.toLowerCase()} priority`;
  return 'changed';
}

function shortened(title: string): string {
  return title.length > 40 ? `${title.slice(0, 39)}…` : title;
}

function withoutUndefined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
