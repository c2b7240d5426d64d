/**
 * What the lists show: the server's tasks, and over them the changes that it has not answered yet.
 *
 * A change is shown at once and forgotten when it fails; what comes from elsewhere meanwhile is what it stands on.
 */
import type { QueryClient } from '@tanstack/react-query';
import { applied, type Change, type Create, created, idsOf } from './changes';
import { keys } from './keys';
import { type ListQuery, place, type TaskList, without } from './lists';
import type { Here, Task } from './model';

export class TaskStore {
  /** The server's version of each task that a pending change is about. */
  private readonly truth = new Map<number, Task>();
  private pending: Change[] = [];

  constructor(
    private readonly client: QueryClient,
    private readonly here: () => Here,
  ) {}

  begin(change: Change): void {
    for (const id of idsOf(change)) {
      const known = change.kind === 'create' ? undefined : this.find(id);
      if (known && !this.truth.has(id)) this.truth.set(id, known);
    }
    this.pending.push(change);
    if (change.kind === 'create') this.show(created(change, this.here().zone, this.here().now));
    else for (const id of idsOf(change)) this.refresh(id);
  }

  /** The server has answered with these tasks; without any the change is forgotten. */
  settle(change: Change, tasks: readonly Task[]): void {
    this.pending = this.pending.filter((other) => other !== change);
    if (change.kind === 'create') this.remove(change.id);
    for (const task of tasks) this.receive(task);
    for (const id of idsOf(change)) {
      this.refresh(id);
      if (!this.pending.some((other) => idsOf(other).includes(id))) this.truth.delete(id);
    }
  }

  /** A task as the server has it now. */
  receive(task: Task): void {
    if (this.truth.has(task.id) || this.isPending(task.id)) this.truth.set(task.id, task);
    this.show(this.overlaid(task));
  }

  /** A page as the server has it, with what is pending over it. */
  overlaidAll(tasks: readonly Task[]): Task[] {
    return tasks.map((task) => {
      if (this.isPending(task.id)) this.truth.set(task.id, task);
      return this.overlaid(task);
    });
  }

  remove(id: number): void {
    for (const [key, list] of this.lists()) this.client.setQueryData(key, without(list, id));
    this.client.removeQueries({ queryKey: keys.task(id), exact: true });
  }

  /** As it is shown, with what is pending. */
  shown(id: number): Task | undefined {
    return this.find(id);
  }

  /** The server's version as far as it is known here. */
  known(id: number): Task | undefined {
    return this.truth.get(id) ?? this.find(id);
  }

  private isPending(id: number): boolean {
    return this.pending.some((change) => idsOf(change).includes(id));
  }

  private refresh(id: number): void {
    const truth = this.truth.get(id);
    if (truth) {
      this.show(this.overlaid(truth));
      return;
    }
    const creation = this.pending.find((change): change is Create => change.kind === 'create' && change.id === id);
    if (creation) this.show(this.overlaid(created(creation, this.here().zone, this.here().now)));
  }

  private overlaid(task: Task): Task {
    return this.pending.reduce((shown, change) => applied(shown, change, this.here().now), task);
  }

  private show(task: Task): void {
    for (const [key, list] of this.lists())
      this.client.setQueryData(key, place(list, key[2] as ListQuery, task, this.here()));
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
