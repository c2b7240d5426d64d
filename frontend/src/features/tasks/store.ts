/**
 * What the lists show: the server's tasks, and over them the changes that it has not answered yet.
 *
 * A change is shown at once and forgotten when it fails; what comes from elsewhere meanwhile is what it stands on.
 */
import { hashKey, type QueryClient } from '@tanstack/react-query';
import { applied, type Change, type Create, created, idsOf, renumbered } from './changes';
import { keys } from './keys';
import { belongs, type ListQuery, place, renamed, replaced, type TaskList, without } from './lists';
import type { Here, NewTask, Task } from './model';
import { type Overview, recounted } from './overview';

/** As long as systems wait for the second click of a double click. */
const REST_MS = 900;

export class TaskStore {
  /** The server's version of each task that a pending change is about. */
  private readonly truth = new Map<number, Task>();
  private pending: Change[] = [];
  /** The numbers that the server gave to tasks made here, by their temporary ones; and the other way round. */
  private readonly numbers = new Map<number, number>();
  private readonly temporary = new Map<number, number>();

  /** Rows that stay in their place for a moment, each with those that were changed with it. */
  private readonly resting = new Map<number, readonly number[]>();

  /** What typed lines mean whose tasks are not made yet. */
  private readonly readings = new WeakMap<Create, NewTask>();

  /** What has come while a list was being loaded, which may have been read before; and the lists loaded again for it. */
  private readonly fresh = new Map<number, Set<string>>();

  constructor(
    private readonly client: QueryClient,
    private here: () => Here,
  ) {
    client.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success' && !event.action.manual)
        this.complement(event.query.queryKey as readonly unknown[]);
    });
  }

  /** To another time zone, in which days begin and end otherwise. */
  moveTo(here: () => Here): void {
    this.here = here;
  }

  begin(change: Change): void {
    for (const id of this.idsNow(change)) {
      const known = change.kind === 'create' ? undefined : this.find(id);
      if (known && !this.truth.has(id)) this.truth.set(id, known);
    }
    this.pending.push(change);
    const before = this.idsNow(change).map((id) => (change.kind === 'create' ? undefined : this.find(id)));
    if (change.kind === 'create') this.showCreation(change);
    else for (const id of this.idsNow(change)) this.refresh(id);
    this.recount(this.idsNow(change).map((id, at) => [before[at], this.find(id)]));
  }

  /** What the typed line of a creation means: shown before the task is made. */
  read(change: Create, task: NewTask): void {
    this.readings.set(change, task);
    if (this.pending.includes(change)) this.refresh(change.id);
  }

  /** The server has answered with these tasks; without any the change is forgotten. */
  settle(change: Change, tasks: readonly Task[]): void {
    this.pending = this.pending.filter((other) => other !== change);
    const [made] = tasks;
    if (change.kind === 'create') {
      this.truth.delete(change.id);
      if (made) this.rename(change, made.id);
      else this.remove(change.id);
    }
    for (const task of tasks) this.receive(task);
    for (const id of this.idsNow(change)) {
      this.refresh(id);
      if (!this.isPending(id)) this.truth.delete(id);
    }
  }

  /** A task as the server has it now. What was asked for before a change may come after its answer: that is old. */
  receive(task: Task): void {
    if ((this.known(task.id)?.version ?? 0) > task.version) return;
    if (this.truth.has(task.id) || this.isPending(task.id)) this.truth.set(task.id, task);
    if (this.client.isFetching({ queryKey: keys.lists }) > 0) this.fresh.set(task.id, new Set());
    this.show(this.overlaid(task));
  }

  /** The number that the server has given meanwhile. */
  numberOf = (id: number): number => this.numbers.get(id) ?? id;

  /** Identifies a task in this page: it stays the same when the server gives the task its number. */
  keyOf = (id: number): number => this.temporary.get(id) ?? id;

  /** The change with the numbers that the server has given meanwhile. */
  numbered(change: Change): Change {
    return renumbered(change, this.numberOf);
  }

  /** A page as the server has it, with what is pending over it. What is known of its tasks is as new as the page. */
  overlaidAll(tasks: readonly Task[], query: ListQuery): Task[] {
    return tasks.flatMap((read) => {
      const known = this.known(read.id);
      const task = known && known.version > read.version ? known : read;
      const pending = this.isPending(task.id);
      if (pending) this.truth.set(task.id, task);
      const shown = this.overlaid(task);
      this.client.setQueryData(keys.task(task.id), (one?: Task) => one && shown);
      const stays = !pending || query.q !== '' || this.isResting(task.id);
      return stays || belongs(shown, query, this.here()) ? [shown] : [];
    });
  }

  /** The numbers as the server has them, with what is pending over them. */
  recountAll(overview: Overview): Overview {
    const ids = new Set(this.pending.flatMap((change) => this.idsNow(change)));
    return [...ids].reduce((counts, id) => {
      const shown = this.find(id);
      return shown ? recounted(counts, this.truth.get(id), shown, this.here()) : counts;
    }, overview);
  }

  /** Not as new as an answer: when the numbers change by themselves is what the server said before. */
  private recount(changed: [before: Task | undefined, after: Task | undefined][]): void {
    const updatedAt = this.client.getQueryState(keys.overview)?.dataUpdatedAt;
    this.client.setQueryData<Overview>(
      keys.overview,
      (overview) =>
        overview &&
        changed.reduce((now, [before, after]) => (after ? recounted(now, before, after, this.here()) : now), overview),
      updatedAt === undefined ? {} : { updatedAt },
    );
  }

  private remove(id: number): void {
    for (const [key, list] of this.lists()) this.client.setQueryData(key, without(list, id));
    this.client.removeQueries({ queryKey: keys.task(id), exact: true });
  }

  /** As it is shown, with what is pending. */
  shown(id: number): Task | undefined {
    return this.find(this.numberOf(id));
  }

  /** The server's version as far as it is known here. */
  known(id: number): Task | undefined {
    return this.truth.get(id) ?? this.find(id);
  }

  /**
   * Rows stay in their place for a moment although the task is about to leave the list or to stand elsewhere in it: the
   * second click of two must not be for the task that would move up.
   */
  rest(ids: readonly number[]): void {
    const rows = ids.map(this.keyOf);
    for (const key of rows) this.resting.set(key, rows);
    setTimeout(() => {
      for (const key of rows)
        if (this.resting.get(key) === rows) {
          this.resting.delete(key);
          const task = this.shown(key);
          if (task) this.show(task);
        }
    }, REST_MS);
  }

  isResting(id: number): boolean {
    return this.resting.has(this.keyOf(id));
  }

  /** The task has its number: rows and whatever else shows it stay where they are. */
  private rename({ id: from, again }: Create, to: number): void {
    this.numbers.set(from, to);
    if (!again) this.temporary.set(to, from); // else it was not shown yet, or by its number already
    for (const [key, list] of this.lists()) this.client.setQueryData(key, renamed(list, from, to));
    this.client.removeQueries({ queryKey: keys.task(from), exact: true });
  }

  /** A list that was just loaded has no task that is not sent yet, and maybe not what was answered meanwhile. */
  private complement(key: readonly unknown[]): void {
    if (!keys.lists.every((name, at) => key[at] === name)) return;
    const query = key[2] as ListQuery;
    for (const change of this.pending)
      if (change.kind === 'create' && !change.again) {
        const task = this.overlaid(this.createdBy(change));
        this.client.setQueryData<TaskList>(key, (list) => list && place(list, query, task, this.here()));
      }
    const list = this.client.getQueryData<TaskList>(key);
    const there = new Set(list?.pages.flatMap((page) => page.items.map((item) => item.id)));
    const isMissing = (task: Task | undefined) => task && !there.has(task.id) && belongs(task, query, this.here());
    const name = hashKey(key);
    // Once for each: it may also stand behind all that is loaded.
    const missing = [...this.fresh].filter(([id, loaded]) => !loaded.has(name) && isMissing(this.find(id)));
    for (const [id, loaded] of missing) {
      loaded.add(name);
      const task = this.find(id);
      // A row that is there already stays while the list is loaded again: it may have the focus, or an open editor.
      if (task && query.q === '')
        this.client.setQueryData<TaskList>(key, (now) => now && place(now, query, task, this.here()));
    }
    if (query.q === '' && missing.length > 0) void this.client.invalidateQueries({ queryKey: key, exact: true });
    if (this.client.isFetching({ queryKey: keys.lists }) === 0) this.fresh.clear();
  }

  private idsNow(change: Change): number[] {
    return idsOf(change).map(this.numberOf);
  }

  private isPending(id: number): boolean {
    return this.pending.some((change) => this.idsNow(change).includes(id));
  }

  private refresh(id: number): void {
    const truth = this.truth.get(id);
    if (truth) {
      this.show(this.overlaid(truth));
      return;
    }
    const creation = this.pending.find((change): change is Create => change.kind === 'create' && change.id === id);
    if (creation) this.showCreation(creation);
  }

  private showCreation(change: Create): void {
    if (!change.again) this.show(this.overlaid(this.createdBy(change)));
  }

  private createdBy(change: Create): Task {
    const { zone, now } = this.here();
    return created({ ...change, task: this.readings.get(change) ?? change.task }, zone, now);
  }

  private overlaid(task: Task): Task {
    return this.pending.reduce((shown, change) => applied(shown, this.numbered(change), this.here().now), task);
  }

  private show(task: Task): void {
    const put = this.isResting(task.id) ? replaced : place;
    for (const [key, list] of this.lists())
      this.client.setQueryData(key, put(list, key[2] as ListQuery, task, this.here()));
    this.client.setQueryData(keys.task(task.id), task);
  }

  private find(id: number): Task | undefined {
    const one = this.client.getQueryData<Task>(keys.task(id));
    if (one) return one;
    for (const [, list] of this.lists())
      for (const page of list.pages) {
        const found = page.items.find((item) => item.id === id);
        if (found) return found;
      }
    return undefined;
  }

  private lists(): [readonly unknown[], TaskList][] {
    return this.client
      .getQueriesData<TaskList>({ queryKey: keys.lists })
      .flatMap(([key, list]): [readonly unknown[], TaskList][] => (list ? [[key, list]] : []));
  }
}
