/**
 * The tasks as shown: the server's tasks with the pending changes (not answered yet) applied to them.
 *
 * A change is shown immediately and removed if it fails. Pending changes are reapplied to each newer version of a task.
 */
import { hashKey, type QueryClient } from '@tanstack/react-query';
import { applied, type Change, type Create, created, idsOf, renumbered } from './changes';
import { External } from '@/lib/external';
import { keys } from '@/lib/query-keys';
import { belongs, type ListQuery, place, renamed, replaced, type TaskList, without } from './lists';
import type { Here, NewTask, Task } from './model';
import { type Overview, recounted } from './overview';

/** How long a completed row keeps its place, and how long the rows below then take to move up. */
const DWELL_MS = 400;
const COLLAPSE_MS = 200;

export class TaskStore {
  /** The server's version of each task that has a pending change. */
  private readonly truth = new Map<number, Task>();
  private pending: Change[] = [];
  /** For tasks created here: server number by temporary number, and temporary number by server number. */
  private readonly numbers = new Map<number, number>();
  private readonly temporary = new Map<number, number>();

  /** Whether rows keep their place, or move up behind one that did: the list then shows its movements. */
  readonly isSettling = new External(false);

  /** Rows that keep their place for DWELL_MS, each with the rows that were changed with it. */
  private readonly resting = new Map<number, readonly number[]>();

  /** Parsed lines of tasks that are not created yet. */
  private readonly readings = new WeakMap<Create, NewTask>();

  /** Tasks received while a list was loading, which the list may lack; each with the lists reloaded for it. */
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

  /** Sets the clock and time zone that decide where days begin and end. */
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

  /** Shows the parsed line of a creation before the task is created. */
  read(change: Create, task: NewTask): void {
    this.readings.set(change, task);
    if (this.pending.includes(change)) this.refresh(change.id);
  }

  /** Ends a pending change with the tasks of the server's answer. Without tasks, the change is rolled back. */
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

  /** Takes over a task from the server, unless a newer version is known: answers can arrive out of order. */
  receive(task: Task): void {
    if ((this.known(task.id)?.version ?? 0) > task.version) return;
    if (this.truth.has(task.id) || this.isPending(task.id)) this.truth.set(task.id, task);
    if (this.client.isFetching({ queryKey: keys.lists }) > 0) this.fresh.set(task.id, new Set());
    this.show(this.overlaid(task));
  }

  /** Returns the server number of a task, or `id` if the server has not assigned one. */
  numberOf = (id: number): number => this.numbers.get(id) ?? id;

  /** Returns the key of a task in this page. It does not change when the server assigns the number. */
  keyOf = (id: number): number => this.temporary.get(id) ?? id;

  /** Returns the change with the numbers that the server has assigned. */
  numbered(change: Change): Change {
    return renumbered(change, this.numberOf);
  }

  /** Returns the tasks of a loaded page with pending changes applied. Newer known versions replace the loaded ones. */
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

  /** Returns the counts from the server with pending changes applied. */
  recountAll(overview: Overview): Overview {
    const ids = new Set(this.pending.flatMap((change) => this.idsNow(change)));
    return [...ids].reduce((counts, id) => {
      const shown = this.find(id);
      return shown ? recounted(counts, this.truth.get(id), shown, this.here()) : counts;
    }, overview);
  }

  /** Updates the counts but keeps `dataUpdatedAt`: their `changes_at` is still that of the server's last answer. */
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

  /** Returns a task as shown, with pending changes applied. */
  shown(id: number): Task | undefined {
    return this.find(this.numberOf(id));
  }

  /** Returns the tasks that lists show and `keeps` accepts. */
  all(keeps: (task: Task) => boolean): Task[] {
    const found = new Map<number, Task>();
    for (const [, list] of this.lists())
      for (const page of list.pages) for (const task of page.items) if (keeps(task)) found.set(task.id, task);
    return [...found.values()];
  }

  /** Returns the latest known server version of a task. */
  known(id: number): Task | undefined {
    return this.truth.get(id) ?? this.find(id);
  }

  /**
   * Keeps rows in their place for DWELL_MS even if their tasks leave the list or move in it. One sees what was done, and
   * the second tap of a double tap does not hit the task that moves up.
   */
  rest(ids: readonly number[]): void {
    const rows = ids.map(this.keyOf);
    for (const key of rows) this.resting.set(key, rows);
    this.isSettling.set(true);
    setTimeout(() => {
      for (const key of rows)
        if (this.resting.get(key) === rows) {
          this.resting.delete(key);
          const task = this.shown(key);
          if (task) this.show(task);
        }
      setTimeout(() => this.isSettling.set(this.resting.size > 0), COLLAPSE_MS);
    }, DWELL_MS);
  }

  isResting(id: number): boolean {
    return this.resting.has(this.keyOf(id));
  }

  /** Replaces the temporary number of a task by its server number, without moving its rows. */
  private rename({ id: from, again }: Create, to: number): void {
    this.numbers.set(from, to);
    if (!again) this.temporary.set(to, from); // otherwise it was not shown, or was shown under its server number
    for (const [key, list] of this.lists()) this.client.setQueryData(key, renamed(list, from, to));
    this.client.removeQueries({ queryKey: keys.task(from), exact: true });
  }

  /** Adds to a list that was just loaded the pending creations, and tasks received while it was loading. */
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
    // Reload a list once per task: the task may also belong behind the loaded pages.
    const missing = [...this.fresh].filter(([id, loaded]) => !loaded.has(name) && isMissing(this.find(id)));
    for (const [id, loaded] of missing) {
      loaded.add(name);
      const task = this.find(id);
      // Keep the row of the task during the reload: it may have the focus or an open editor.
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
