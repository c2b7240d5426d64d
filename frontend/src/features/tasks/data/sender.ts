/** Sends changes one at a time, in order, and resolves version conflicts with changes from elsewhere. */
import { ask } from './questions';
import { type Reading, readLine } from './parser';
import { isPassing, Problem } from '@/lib/api/problem';
import {
  applied,
  type Change,
  type Create,
  difference,
  type Edit,
  editOf,
  fieldsOf,
  type FieldEdit,
  idsOf,
  type Matching,
  narrowed,
  withMergedTags,
} from './changes';
import type { Task } from './model';
import { conflictAbout, contested, joined, Undecided } from './conflict';
import { answered, fetchTask, nothing, type Outcome, send } from './send';
import type { TaskStore } from './store';

export class Sender {
  /** Versions created by our own changes: `task:version before` → version after. */
  private readonly own = new Map<string, number>();
  /** Partial outcomes: a change of many tasks is sent in parts and resumes where it was interrupted. */
  private readonly outcomes = new WeakMap<Change, Outcome>();
  private readonly begun = new WeakSet<Change>();
  private readonly dropped = new WeakSet<Change>();
  /** Tasks whose creation was dropped. Their later changes are not sent. */
  private readonly unmade = new Set<number>();

  /** Parse requests of typed lines, made when the line is entered, even if other changes are queued before it. */
  private readonly readings = new WeakMap<Create, Promise<Reading>>();

  constructor(
    private readonly userId: string,
    private readonly store: TaskStore,
  ) {}

  /** Starts to parse a typed line while its creation is still queued. */
  prepare(change: Change): void {
    if (change.kind === 'create' && change.typed) this.read(change).catch(() => undefined); // `send` tries again
  }

  /** Drops a change that was not sent yet. Returns false if the server may have received it. */
  drop(change: Change): boolean {
    if (this.begun.has(change)) return false;
    this.dropped.add(change);
    if (change.kind === 'create') this.unmade.add(change.id);
    return true;
  }

  async send(change: Change): Promise<Outcome> {
    if (this.dropped.has(change)) return nothing();
    this.begun.add(change);
    if (change.kind === 'create') return this.create(change);
    const current = narrowed(this.brought(change), (id) => !this.unmade.has(id));
    if (idsOf(current).length === 0 && current.kind !== 'matching') return nothing();
    this.waitForDecision(current);
    const soFar = this.outcomes.get(change) ?? nothing();
    this.outcomes.set(change, soFar);
    const outcome = await send(this.userId, current, soFar).catch((error: unknown) => {
      if (isOutdated(error) && current.kind === 'edit') return this.settle(current);
      throw error;
    });
    if (current.kind === 'matching') return { ...outcome, tasks: this.matched(current, outcome) };
    if (current.kind === 'edit') await this.merge(current, outcome);
    this.note(current, outcome);
    return outcome;
  }

  /** Makes the edits of several tasks whose versions had changed on their current versions. One that conflicts fails. */
  private async merge(change: Edit, outcome: Outcome): Promise<void> {
    for (const failure of outcome.failures.filter(({ error }) => isOutdated(error))) {
      const edits = change.edits.filter(({ id }) => id === failure.id);
      const settled = await this.settle({ ...change, edits }).catch((error: unknown) => {
        if (error instanceof Undecided) return null;
        throw error;
      });
      if (!settled) continue;
      const { tasks, failures } = settled;
      outcome.tasks.push(...tasks);
      outcome.failures = [...outcome.failures.filter((one) => one !== failure), ...failures];
    }
  }

  /** Returns the known tasks as an operation has left them. The answer does not have them: they can be thousands. */
  private matched(change: Matching, { failures }: Outcome): Task[] {
    const failed = new Set(failures.map(({ id }) => id));
    return idsOf(change).flatMap((id) => {
      const known = failed.has(id) ? undefined : this.store.known(id);
      return known ? [applied(known, change, new Date())] : [];
    });
  }

  private async create(change: Create): Promise<Outcome> {
    const { task, open } = await this.read(change);
    const outcome = await send(this.userId, { ...change, task }, nothing());
    this.note(change, outcome);
    for (const made of outcome.tasks) ask(made, open);
    return outcome;
  }

  private read(change: Create): Promise<Reading> {
    const { task, typed, open = [] } = change;
    if (!typed) return Promise.resolve({ task, open });
    const known = this.readings.get(change);
    if (known) return known;
    const reading = readLine(this.userId, typed);
    this.readings.set(change, reading);
    reading.then(
      (found) => this.store.read(change, found.task),
      () => this.readings.delete(change),
    );
    return reading;
  }

  /** Returns the outcome of a change that was given up: tasks without an answer fail with `error`. */
  givenUp(change: Change, error: unknown): Outcome {
    const soFar = this.outcomes.get(change) ?? nothing();
    if (change.kind === 'matching') return { tasks: [], failures: [{ id: 0, error }] };
    const rest = idsOf(this.store.numbered(change)).slice(answered(soFar));
    return { tasks: soFar.tasks, failures: [...soFar.failures, ...rest.map((id) => ({ id, error }))] };
  }

  /** Returns the change with the task numbers, versions and tags that result from earlier changes. */
  private brought(change: Change): Change {
    const current = this.store.numbered(change);
    if (current.kind !== 'edit') return current;
    return {
      ...current,
      edits: current.edits.map((edit) => this.merged({ ...edit, version: this.newest(edit.id, edit.version) })),
    };
  }

  /** An earlier change from here may have been merged with one from elsewhere. */
  private merged(edit: FieldEdit): FieldEdit {
    const known = this.store.known(edit.id);
    if (!known || !edit.fields.tags || known.version < (edit.version ?? Infinity)) return edit;
    return { ...edit, fields: withMergedTags(edit, known), base: { ...edit.base, tags: known.tags } };
  }

  private newest(id: number, version: number | null): number | null {
    let newest = version;
    for (let next = newest; next !== null; next = this.own.get(`${id}:${next}`) ?? null) newest = next;
    return newest;
  }

  private note(current: Change, { tasks }: Outcome): void {
    for (const task of tasks) {
      const before =
        current.kind === 'edit' ? current.edits.find((edit) => edit.id === task.id)?.version : task.version - 1;
      if (before && before !== task.version) this.own.set(`${task.id}:${before}`, task.version);
    }
  }

  /** Throws Undecided if the task of an edit has an open conflict: sent now, the edit would decide it unseen. */
  private waitForDecision(change: Change): void {
    if (change.kind !== 'edit' || change.edits.length !== 1) return;
    for (const { id, fields, base } of change.edits) {
      const open = conflictAbout(id);
      if (open) throw new Undecided(joined(open, fields, base));
    }
  }

  /** Handles a version conflict: sends the edit on the current version, or throws Undecided if fields conflict. */
  private async settle(change: Edit): Promise<Outcome> {
    const [edit] = change.edits;
    if (!edit) throw new Error('an edit has at least one task');
    const theirs = await fetchTask(this.userId, edit.id);
    const wanted = difference(theirs, applied(theirs, change, new Date()));
    const fields = contested(edit.base, theirs, wanted);
    if (fields.length > 0) throw new Undecided({ theirs, mine: wanted, base: edit.base, fields });
    if (fieldsOf(wanted).length === 0) return { tasks: [theirs], failures: [], unchanged: true };
    return this.send({ ...change, edits: [editOf(theirs, wanted)] });
  }
}

function isOutdated(error: unknown): boolean {
  return error instanceof Problem && error.status === 412;
}

/** Returns whether a failed request is retried. Retries are safe: every change is idempotent. */
export function shouldRetry(failures: number, error: unknown): boolean {
  return failures < 6 && isPassing(error);
}
