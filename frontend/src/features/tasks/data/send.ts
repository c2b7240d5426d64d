/** Sends a change to the task API. */
import { api, type Schemas, unwrap } from '@/lib/api/client';
import { Problem, problemOf } from '@/lib/api/problem';
import { type Act, type Change, type Create, type Edit, isUndo, type Matching, type Undo } from './changes';
import { External } from '@/lib/external';
import type { Scope, Task } from './model';

/** The result of a change: the tasks as they are now, and the failures. */
export interface Outcome {
  tasks: Task[];
  failures: { id: number; error: unknown }[];
  /** Nothing was left to do: the same change was made elsewhere. */
  unchanged?: true;
  /** How far an operation for matching tasks has come. */
  cursor?: string | null;
  processed?: number;
}

/** Shown while an operation takes more than one batch. */
export const progress = new External<{ done: number; of: number } | null>(null);

type Operation = Schemas['BulkOperation'];
const MOST_OPERATIONS = 100;

/** Sends a change. Results of a bulk change are appended to `soFar`; operations that have one are not sent again. */
export async function send(userId: string, change: Change, soFar: Outcome): Promise<Outcome> {
  if (change.kind === 'create') return done(await create(userId, change));
  if (isUndo(change)) return undo(userId, change);
  if (change.kind === 'matching') return matching(userId, change, soFar);
  const [only, ...others] = change.kind === 'edit' ? change.edits : change.ids.map((id) => ({ id }));
  if (!only) return nothing();
  if (others.length > 0) return bulk(userId, operationsOf(change), change.step, soFar);
  if (change.kind === 'act') return act(userId, change, only.id);
  return done(await edit(userId, change));
}

export async function fetchTask(userId: string, id: number): Promise<Task> {
  return unwrap(api.GET('/api/{user_id}/tasks/{task_id}', { params: { path: { user_id: userId, task_id: id } } }));
}

export function nothing(): Outcome {
  return { tasks: [], failures: [] };
}

function done(task: Task): Outcome {
  return { tasks: [task], failures: [] };
}

/** Undoes or redoes a step. A step that the server does not know has changed nothing, so it is no error. */
async function undo(userId: string, { kind, step }: Undo): Promise<Outcome> {
  const params = { path: { user_id: userId } };
  try {
    const { tasks } = await (kind === 'undo'
      ? unwrap(api.POST('/api/{user_id}/undo', { params, body: { step } }))
      : unwrap(api.POST('/api/{user_id}/redo', { params, body: { step } })));
    return { tasks, failures: [] };
  } catch (error) {
    if (error instanceof Problem && error.code === 'step_not_found') return nothing();
    throw error;
  }
}

/** Returns the header that records the request as part of a step. */
function stepHeader(step: string | undefined): { 'Undo-Step'?: string } {
  return step === undefined ? {} : { 'Undo-Step': step };
}

async function create(userId: string, { task, key, step }: Create): Promise<Task> {
  const params = { path: { user_id: userId }, header: { 'Idempotency-Key': key, ...stepHeader(step) } };
  return unwrap(api.POST('/api/{user_id}/tasks', { params, body: task as Schemas['TaskCreate'] }));
}

async function edit(userId: string, { edits, scope, step }: Edit): Promise<Task> {
  const [only] = edits;
  if (!only) throw new Error('an edit has at least one task');
  const version = only.version === null ? {} : { 'If-Match': `"${only.version}"` };
  const header = { ...version, ...stepHeader(step) };
  const params = { path: { user_id: userId, task_id: only.id }, query: { scope }, header };
  return unwrap(api.PATCH('/api/{user_id}/tasks/{task_id}', { params, body: only.fields }));
}

async function act(userId: string, { action, scope, step }: Act, id: number): Promise<Outcome> {
  const params = { path: { user_id: userId, task_id: id }, header: stepHeader(step) };
  switch (action) {
    case 'complete':
      return done(await unwrap(api.PATCH('/api/{user_id}/tasks/{task_id}/complete', { params })));
    case 'reopen':
      return done(await unwrap(api.PATCH('/api/{user_id}/tasks/{task_id}/reopen', { params })));
    case 'restore':
      return done(await unwrap(api.POST('/api/{user_id}/tasks/{task_id}/restore', { params })));
    case 'delete':
      return bulk(userId, [{ op: 'delete', id, scope }], step, nothing()); // returns the task as it is in the trash
  }
}

function operationsOf(change: Edit | Act): Operation[] {
  if (change.kind === 'act') return change.ids.map((id) => ({ op: change.action, id, scope: change.scope }));
  return change.edits.map(({ id, fields, version }) => operation(id, fields, version, change.scope));
}

function operation(id: number, data: object, version: number | null, scope: Scope): Operation {
  return { op: 'update', id, data: { ...data }, if_match: version, scope };
}

async function bulk(
  userId: string,
  operations: Operation[],
  step: string | undefined,
  outcome: Outcome,
): Promise<Outcome> {
  for (let first = answered(outcome); first < operations.length; first = answered(outcome)) {
    const part = operations.slice(first, first + MOST_OPERATIONS);
    const params = { path: { user_id: userId }, header: stepHeader(step) };
    const { results } = await unwrap(api.POST('/api/{user_id}/tasks/bulk', { params, body: { operations: part } }));
    for (const result of results) {
      if (result.task) outcome.tasks.push(result.task);
      else outcome.failures.push({ id: part[result.index]?.id ?? 0, error: problemOf(result.status, result.error) });
    }
  }
  return outcome;
}

/** Sends an operation batch by batch. It resumes where it was interrupted. */
async function matching(userId: string, change: Matching, outcome: Outcome): Promise<Outcome> {
  const { where, excluded, operation, step } = change;
  const params = { path: { user_id: userId }, header: stepHeader(step) };
  do {
    const cursor = outcome.cursor ? { cursor: outcome.cursor } : {};
    const body = { ...where, ...operation, excluded, ...cursor } as Schemas['BulkMatching']; // the rest has defaults
    const answer = await unwrap(api.POST('/api/{user_id}/tasks/bulk/matching', { params, body }));
    for (const { id, error } of answer.failures) outcome.failures.push({ id, error: problemOf(422, error) });
    outcome.cursor = answer.next_cursor;
    outcome.processed = (outcome.processed ?? 0) + answer.processed;
    if (outcome.cursor) progress.set({ done: outcome.processed, of: Math.max(change.count, outcome.processed) });
  } while (outcome.cursor);
  return outcome;
}

/** Returns the number of operations that have a result. */
export function answered({ tasks, failures }: Outcome): number {
  return tasks.length + failures.length;
}
