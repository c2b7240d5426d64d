import { useMutation, useQueryClient } from '@tanstack/react-query';
import { dismiss, type Offer, tell, tellFailure } from '@/components/toasts';
import type { Ambiguity, Typed } from './understood';
import { endRedo, forget, forgetAll, redo, remember, type Step, undo } from '@/features/undo/undo';
import { explain, isPassing } from '@/lib/api/problem';
import { SignedOut } from '@/lib/auth/token';
import { renumberOpenTask } from '@/lib/location';
import { useUser } from '@/lib/user';
import {
  type Action,
  applied,
  type Change,
  creation,
  describe,
  type Edit,
  editOf,
  fieldsOf,
  idsOf,
  isUndo,
  type Matching,
  narrowed,
  redoOf,
  renumbered,
  type Undo,
  undoOf,
} from './changes';
import { ask, settled, Undecided } from './conflict';
import { drop, keep, renumber } from './kept';
import { keys, SENDING } from '@/lib/query-keys';
import { isSearch } from './lists';
import { landingOf } from './destination';
import type { Fields, NewTask, Scope, Task } from './model';
import { useZone } from '@/lib/account';
import { useTasks } from './provider';
import { askScope } from './scope';
import { type Outcome, progress } from './send';
import { shouldRetry } from './sender';

const MOST_REASONS = 2;
/** More tasks than this are a long change: it takes several batches. */
const MOST_TASKS = 200;

interface Context {
  /** Key of the stored change, for `drop`. */
  key: string;
  /** The tasks as they were shown before and after. */
  before: ReadonlyMap<number, Task>;
  after: readonly Task[];
  step: Announced | null;
}

/** A step that can be undone, with the id of the message that offers the undo. */
interface Announced extends Step {
  message: number;
}

/** Edits that wait until the user has resolved the conflict of their task, by task number. */
const parked = new Map<number, { change: Edit; key: string }[]>();

/** Returns functions that change tasks. A change is shown immediately, sent in order (once online), and undoable. */
export function useChange() {
  const client = useQueryClient();
  const { id } = useUser();
  const { store, sender } = useTasks();
  const zone = useZone();
  const here = () => ({ now: new Date(), zone });
  const { mutate } = useMutation({
    mutationKey: SENDING,
    scope: { id: 'changes' },
    mutationFn: ({ change }: { change: Change; quiet: boolean }) => sender.send(change),
    retry: shouldRetry,
    retryDelay: (failures) => Math.min(500 * 2 ** failures, 8000),
    onMutate: ({ change, quiet }) => {
      const before = tasksOf(change);
      store.begin(change);
      const after = [...tasksOf(change).values()];
      // A later page does not resend a deletion for good: by then the trash can have other tasks.
      const key = isFinal(change) ? '' : keep(id, store.numbered(change));
      const step = quiet ? null : announce(change, key, before, after);
      sender.prepare(change);
      return { key, before, after, step };
    },
    onSuccess: (outcome, { change }, context) => finish(change, outcome, context),
    onError: (error, { change }, context) => {
      if (error instanceof SignedOut) return; // stays stored, and is sent after the next sign-in
      if (error instanceof Undecided && change.kind === 'edit' && context) park(change, error, context);
      else finish(change, sender.givenUp(change, error), context);
    },
    onSettled: (outcome, _, { change }) => {
      progress.set(null);
      if (change.kind === 'matching' || (outcome?.tasks.length ?? 0) > MOST_TASKS)
        void client.invalidateQueries({ queryKey: keys.tasks });
      void client.invalidateQueries({ queryKey: keys.overview });
      void client.invalidateQueries({ queryKey: keys.statistics });
      void client.invalidateQueries({ queryKey: keys.lists, predicate: (query) => isSearch(query.queryKey) });
      for (const taskId of idsOf(change)) void client.invalidateQueries({ queryKey: keys.history(taskId) });
    },
  });

  /** Completes a change with its outcome. Reports failures with their reasons and removes them from the undo. */
  function finish(change: Change, { tasks, failures, unchanged }: Outcome, context: Context | undefined): void {
    // A creation with a transient failure stays stored: the next page sends it at the latest.
    const stays = change.kind === 'create' && failures.some(({ error }) => isPassing(error));
    if (context && !stays) drop(id, context.key);
    const [made] = tasks;
    if (change.kind === 'create' && made) renumber(id, change.id, made.id);
    const numbers = idsOf(store.numbered(change));
    // The undo of many tasks answers with all of them; those that no list shows are loaded when they are needed.
    store.settle(change, tasks.length > MOST_TASKS ? tasks.filter((task) => store.known(task.id)) : tasks);
    if (change.kind === 'create' && made) renumberOpenTask(change.id, made.id);
    // Several tasks that were created at once are not announced one by one.
    if (change.kind === 'create' && change.typed && made && context?.step) announceLanding(made, context.after[0]);
    if (unchanged) withdraw(context);
    if (isUndo(change) && failures.length > 0) forget({ id: change.step });
    if (failures.length === 0) {
      if (isFinal(change)) tell(describe(change));
      else if (isLong(change) && context?.step) sayAgain(context.step, describe(change));
      return;
    }
    const failed = new Set(failures.map((failure) => failure.id));
    const undone = new Set(idsOf(change).filter((_, at) => failed.has(numbers[at] ?? 0)));
    const offers: Offer[] = [];
    const step = context?.step;
    if (step) {
      const after = context.after.filter((task) => !undone.has(task.id));
      const done = narrowed(change, (one) => !undone.has(one));
      const isPartlyDone = tasks.length > 0 || change.kind === 'matching';
      const run = isPartlyDone ? undoing(change, context.key, context.before, after, describe(done, after)) : null;
      if (run) {
        Object.assign(step, run);
        offers.push({ label: 'Undo', run: () => undo(step) });
      } else withdraw(context);
    }
    const reasons = [...new Set(failures.map((failure) => explain(failure.error)))].slice(0, MOST_REASONS).join('; ');
    const subject =
      tasks.length > 0
        ? `Not changed: ${failures.length} of ${change.kind === 'matching' ? change.count : numbers.length} tasks.`
        : `${describe(change)}: not done.`;
    const rest = narrowed(change, (one) => undone.has(one));
    tellFailure(`${subject} ${reasons}`, ...offers, { label: 'Try again', run: () => again(rest) });
  }

  /** Removes the undo and its message: the change did not happen. */
  function withdraw(context: Context | undefined): void {
    if (!context?.step) return;
    forget(context.step);
    dismiss(context.step.message);
  }

  /** Keeps an edit pending and stored, with earlier parked edits of the task, until the conflict is resolved. */
  function park(change: Edit, { versions }: Undecided, context: Context): void {
    const { theirs } = versions;
    withdraw(context);
    parked.set(theirs.id, [...(parked.get(theirs.id) ?? []), { change, key: context.key }]);
    const resolve = (kept: Fields) => unpark(theirs, change.scope, kept);
    if (versions.fields.length === 0) resolve(versions.mine);
    else ask({ ...versions, resolve });
  }

  function unpark(theirs: Task, scope: Scope, kept: Fields): void {
    settled(theirs.id);
    for (const { change, key } of parked.get(theirs.id) ?? []) {
      drop(id, key);
      store.settle(change, [theirs]);
    }
    parked.delete(theirs.id);
    if (fieldsOf(kept).length > 0) begin({ kind: 'edit', edits: [editOf(theirs, kept)], scope });
  }

  /** Returns the tasks of a change as shown, with pending changes applied. */
  function tasksOf(change: Change): Map<number, Task> {
    return new Map(idsOf(change).flatMap((taskId) => entryOf(store.shown(taskId))));
  }

  /** Announces a change and registers its undo before the server answers. Returns null if it cannot be undone. */
  function announce(
    change: Change,
    key: string,
    before: ReadonlyMap<number, Task>,
    after: readonly Task[],
  ): Announced | null {
    const what = describe(change, after);
    const run = undoing(change, key, before, after, what);
    if (!run) return null;
    const step: Announced = { ...run, message: 0 };
    remember(step);
    if (isLong(change)) return step; // announced when it is done
    const [made] = after;
    const landing = change.kind === 'create' && made ? landingOf(made, here()) : null;
    const show = made && landing && { label: 'Show', run: () => landing.show(store.numberOf(made.id)) };
    const offer = { label: 'Undo', run: () => undo(step) };
    step.message = tell(landing ? `${what} to ${landing.title}` : what, ...(show ? [show, offer] : [offer]));
    return step;
  }

  /** Announces a change that took a while, once it is done. */
  function sayAgain(step: Announced, what: string): void {
    step.message = tell(what, { label: 'Undo', run: () => undo(step) });
  }

  /** Announces where a task is if parsing its line moved it to another view than first announced. */
  function announceLanding(made: Task, shown: Task | undefined): void {
    const landing = landingOf(made, here());
    if (!landing || (shown && landingOf(shown, here())?.title === landing.title)) return;
    tell(`“${made.title}” is in ${landing.title}`, { label: 'Show', run: () => landing.show(made.id) });
  }

  /**
   * Returns the undo of a change and the redo after it, or null. The undo drops a change that was not sent yet, and the
   * redo then makes it again; otherwise both are changes of their own, made by the server.
   */
  function undoing(
    change: Change,
    key: string,
    before: ReadonlyMap<number, Task>,
    after: readonly Task[],
    what: string,
  ): Step | null {
    if (isUndo(change) || change.step === undefined) return null;
    const { step } = change;
    const none: Undo = { kind: 'undo', step, shown: [] };
    const back = undoOf(step, before, after) ?? (change.kind === 'matching' ? none : null);
    if (!back || isFinal(change)) return null;
    let dropped = false;
    const self: Step = {
      id: step,
      run: () => {
        dropped = sender.drop(change);
        if (dropped) {
          drop(id, key);
          store.settle(change, []);
        } else mutate({ change: back, quiet: true });
        tell(`Undone: ${what}`, { label: 'Redo', run: () => redo(self) });
      },
      redo: () => {
        if (dropped) {
          forget(self);
          begin(change.kind === 'create' ? { ...change, ...creation(change.task) } : change);
        } else mutate({ change: redoOf(step, before, after), quiet: true });
        tell(`Redone: ${what}`, { label: 'Undo', run: () => (dropped ? undo() : undo(self)) });
      },
    };
    return self;
  }

  /**
   * Retries a change. An undo keeps its step, and so does a change of all that match: the server then leaves out what
   * was created since it began. Any other change gets a new step.
   */
  function again(change: Change): void {
    if (isUndo(change)) mutate({ change, quiet: true });
    else if (change.kind === 'matching' && change.step !== undefined) {
      forget({ id: change.step });
      mutate({ change: { ...change }, quiet: false }); // a new object: its outcome is not that of the first try
    } else begin(change);
  }

  /** Sends a change as a new step, which can be undone. */
  function begin(change: Exclude<Change, Undo>): void {
    mutate({ change: { ...change, step: crypto.randomUUID() }, quiet: false });
  }

  function start(change: Exclude<Change, Undo>): void {
    endRedo();
    if (isFinal(change)) forgetAll();
    if (change.kind === 'act' && change.action !== 'delete') store.rest(change.ids);
    begin(renumbered(change, store.numberOf));
  }

  return { ...useActions(start), change: mutate };
}

function useActions(run: (change: Exclude<Change, Undo>) => void) {
  return {
    /** `rest` is the line still to be parsed, or the ambiguities that parsing has left. */
    create: (task: NewTask, rest: { typed: Typed } | { open: Ambiguity[] }) => run({ ...creation(task), ...rest }),
    act: (action: Exclude<Action, 'delete'>, ids: number[]) => run({ kind: 'act', action, ids, scope: 'this' }),
    trash: async (tasks: readonly Task[]): Promise<void> => {
      const scope = await askScope(tasks, 'trash');
      if (scope) run({ kind: 'act', action: 'delete', ids: tasks.map((task) => task.id), scope });
    },
    edit: (task: Task, fields: Fields, scope: Scope = 'this') => {
      if (scope === 'series' || differs(task, fields)) run(editing([task], () => fields, scope));
    },
    /** Moves tasks to another day. If a task recurs, asks whether the later occurrences move too. */
    move: async (tasks: readonly Task[], fieldsOf: (task: Task) => Fields): Promise<void> => {
      const moved = tasks.filter((task) => differs(task, fieldsOf(task)));
      const scope = moved.length > 0 ? await askScope(moved) : null;
      if (scope) run(editing(moved, fieldsOf, scope));
    },
    matching: (change: Omit<Matching, 'kind'>) => run({ kind: 'matching', ...change }),
    editAll: (tasks: Task[], fieldsOf: (task: Task) => Fields) => run(editing(tasks, fieldsOf, 'this')),
  };
}

function isLong(change: Change): boolean {
  return change.kind === 'matching' && change.count > MOST_TASKS;
}

function isFinal(change: Change): boolean {
  return change.kind === 'matching' && change.operation.op === 'purge';
}

function editing(tasks: readonly Task[], fieldsOf: (task: Task) => Fields, scope: Scope): Edit {
  const edits = tasks.map((task) => {
    const fields = fieldsOf(task);
    const isTagging = Object.keys(fields).join() === 'tags'; // merged if the task has another version
    return editOf(task, fields, { careful: tasks.length === 1 || isTagging });
  });
  return { kind: 'edit', edits, scope };
}

function differs(task: Task, fields: Fields): boolean {
  const after = applied(
    task,
    editing([task], () => fields, 'this'),
    new Date(task.updated_at),
  );
  return JSON.stringify(after) !== JSON.stringify(task);
}

function entryOf(task: Task | undefined): [number, Task][] {
  return task ? [[task.id, task]] : [];
}
