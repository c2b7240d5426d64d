import { useMutation, useQueryClient } from '@tanstack/react-query';
import { dismiss, tell, tellFailure } from '@/components/toasts';
import type { Ambiguity, Typed } from '@/features/quick-add/understood';
import { forget, remember, type Step, undo } from '@/features/undo/undo';
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
  narrowed,
  renumbered,
  type Undo,
  undoOf,
} from './changes';
import { ask, settled, Undecided } from './conflict';
import { drop, keep, renumber } from './kept';
import { isSearch, keys, SENDING } from './keys';
import { landingOf } from './landing';
import type { Fields, NewTask, Scope, Task } from './model';
import { useTasks, useZone } from './provider';
import { askScope } from './scope';
import type { Outcome } from './send';
import { shouldRetry } from './sender';

const MOST_REASONS = 2;

interface Context {
  /** By which it is kept. */
  key: string;
  /** The tasks as they were shown before and after. */
  before: ReadonlyMap<number, Task>;
  after: readonly Task[];
  step: Announced | null;
}

/** A step that can be undone, and the message that offers it. */
interface Announced extends Step {
  message: number;
}

/** Changes of one task that wait until the user has chosen between two versions of it. */
const parked = new Map<number, { change: Edit; key: string }[]>();

/** Makes changes: shown at once, sent in order (when the connection returns, if it is gone), and undoable. */
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
      const key = keep(id, store.numbered(change));
      const step = quiet ? null : announce(change, key, before, after);
      sender.prepare(change);
      return { key, before, after, step };
    },
    onSuccess: (outcome, { change }, context) => finish(change, outcome, context),
    onError: (error, { change }, context) => {
      if (error instanceof SignedOut) return; // it is kept, and sent when the person is back
      if (error instanceof Undecided && change.kind === 'edit' && context) park(change, error, context);
      else finish(change, sender.givenUp(change, error), context);
    },
    onSettled: (_, __, { change }) => {
      void client.invalidateQueries({ queryKey: keys.overview });
      void client.invalidateQueries({ queryKey: keys.statistics });
      void client.invalidateQueries({ queryKey: keys.lists, predicate: (query) => isSearch(query.queryKey) });
      for (const taskId of idsOf(change)) void client.invalidateQueries({ queryKey: keys.history(taskId) });
    },
  });

  /** The change has its answer. What was not done is told with the reason, and cannot be undone. */
  function finish(change: Change, { tasks, failures, unchanged }: Outcome, context: Context | undefined): void {
    // A new task that nobody was there to take stays in the browser, for the next page at the latest.
    const stays = change.kind === 'create' && failures.some(({ error }) => isPassing(error));
    if (context && !stays) drop(id, context.key);
    const [made] = tasks;
    if (change.kind === 'create' && made) renumber(id, change.id, made.id);
    const numbers = idsOf(store.numbered(change));
    store.settle(change, tasks);
    if (change.kind === 'create' && made) renumberOpenTask(change.id, made.id);
    if (change.kind === 'create' && change.typed && made) announceLanding(made, context?.after[0]);
    if (unchanged) withdraw(context);
    if (failures.length === 0) return;
    const failed = new Set(failures.map((failure) => failure.id));
    const undone = new Set(idsOf(change).filter((_, at) => failed.has(numbers[at] ?? 0)));
    if (context?.step) {
      const after = context.after.filter((task) => !undone.has(task.id));
      const done = narrowed(change, (one) => !undone.has(one));
      const run = tasks.length > 0 ? undoing(change, context.key, context.before, after, describe(done, after)) : null;
      if (run) context.step.run = run;
      else withdraw(context);
    }
    const reasons = [...new Set(failures.map((failure) => explain(failure.error)))].slice(0, MOST_REASONS).join('; ');
    const subject =
      tasks.length > 0
        ? `Not changed: ${failures.length} of ${numbers.length} tasks.`
        : `${describe(change)}: not done.`;
    const rest = narrowed(change, (one) => undone.has(one));
    tellFailure(`${subject} ${reasons}`, { label: 'Try again', run: () => again(rest) });
  }

  /** What has not happened cannot be undone. */
  function withdraw(context: Context | undefined): void {
    if (!context?.step) return;
    forget(context.step);
    dismiss(context.step.message);
  }

  /** The change stays pending and kept, with those that wait already, until the user has decided. */
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

  /** As they are shown, with all that is pending. */
  function tasksOf(change: Change): Map<number, Task> {
    return new Map(idsOf(change).flatMap((taskId) => entryOf(store.shown(taskId))));
  }

  /** Says what is done, and remembers how it is undone: also before the server has answered. */
  function announce(
    change: Change,
    key: string,
    before: ReadonlyMap<number, Task>,
    after: readonly Task[],
  ): Announced | null {
    const what = describe(change, after);
    const run = undoing(change, key, before, after, what);
    if (!run) return null;
    const step: Announced = { run, message: 0 };
    remember(step);
    const [made] = after;
    const landing = change.kind === 'create' && made ? landingOf(made, here()) : null;
    const show = made && landing && { label: 'Show', run: () => landing.show(store.numberOf(made.id)) };
    const offer = { label: 'Undo', run: () => undo(step) };
    step.message = tell(landing ? `${what} to ${landing.title}` : what, ...(show ? [show, offer] : [offer]));
    return step;
  }

  /** A line that the server has understood since: its task may be elsewhere than what was shown until then. */
  function announceLanding(made: Task, shown: Task | undefined): void {
    const landing = landingOf(made, here());
    if (!landing || (shown && landingOf(shown, here())?.title === landing.title)) return;
    tell(`“${made.title}” is in ${landing.title}`, { label: 'Show', run: () => landing.show(made.id) });
  }

  /** A change that was not sent yet is dropped; else its undo is a change that waits its turn. */
  function undoing(
    change: Change,
    key: string,
    before: ReadonlyMap<number, Task>,
    after: readonly Task[],
    what: string,
  ): (() => void) | null {
    const back = change.step === undefined ? null : undoOf(change.step, before, after);
    if (!back) return null;
    return () => {
      if (sender.drop(change)) {
        drop(id, key);
        store.settle(change, []);
      } else mutate({ change: back, quiet: true });
      tell(`Undone: ${what}`);
    };
  }

  /** An undo keeps its step; everything else is a step of its own. */
  function again(change: Change): void {
    if (change.kind === 'undo') mutate({ change, quiet: true });
    else begin(change);
  }

  /** In a step of its own, which can be undone. */
  function begin(change: Exclude<Change, Undo>): void {
    mutate({ change: { ...change, step: crypto.randomUUID() }, quiet: false });
  }

  function start(change: Exclude<Change, Undo>): void {
    if (change.kind === 'act' && change.action !== 'delete') store.rest(change.ids);
    begin(renumbered(change, store.numberOf));
  }

  return { ...useActions(start), change: mutate };
}

function useActions(run: (change: Exclude<Change, Undo>) => void) {
  return {
    /** With a line that is still to be read, or with the questions that its reading has left. */
    create: (task: NewTask, rest: { typed: Typed } | { open: Ambiguity[] }) => run({ ...creation(task), ...rest }),
    act: (action: Exclude<Action, 'delete'>, ids: number[]) => run({ kind: 'act', action, ids, scope: 'this' }),
    trash: async (tasks: readonly Task[]): Promise<void> => {
      const scope = await askScope(tasks);
      if (scope) run({ kind: 'act', action: 'delete', ids: tasks.map((task) => task.id), scope });
    },
    edit: (task: Task, fields: Fields, scope: Scope = 'this') => {
      if (scope === 'series' || differs(task, fields)) run(editing([task], () => fields, scope));
    },
    /** To another day. Of those that repeat it is asked whether all that follow move, too. */
    move: async (tasks: readonly Task[], fieldsOf: (task: Task) => Fields): Promise<void> => {
      const moved = tasks.filter((task) => differs(task, fieldsOf(task)));
      const scope = moved.length > 0 ? await askScope(moved) : null;
      if (scope) run(editing(moved, fieldsOf, scope));
    },
    editAll: (tasks: Task[], fieldsOf: (task: Task) => Fields) => run(editing(tasks, fieldsOf, 'this')),
  };
}

function editing(tasks: readonly Task[], fieldsOf: (task: Task) => Fields, scope: Scope): Edit {
  const careful = tasks.length === 1;
  return { kind: 'edit', edits: tasks.map((task) => editOf(task, fieldsOf(task), { careful })), scope };
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
