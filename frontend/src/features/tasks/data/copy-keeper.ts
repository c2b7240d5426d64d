/** Fills the offline copy and keeps it up to date while a page is open. Loaded on demand. */
import { onlineManager, type QueryClient } from '@tanstack/react-query';
import type { Settings } from '@/lib/account';
import { api, unwrap } from '@/lib/api/client';
import type { User } from '@/lib/auth/server';
import { keys } from '@/lib/query-keys';
import { destroy, openSeal, type Seal, write } from '@/lib/sealed';
import { type Copy, FORMAT } from './copy';
import { compare, type TaskList } from './lists';
import type { Task, TaskPage } from './model';
import type { Overview } from './overview';

const LOCK = 'offline copy';
/** How often changes are written, and how often that nothing has changed. */
const WRITE_MS = 3000;
const CONFIRM_MS = 60_000;
/** Changes of tasks that no list shows may be missed: after a change, the copy is loaded again in this time. */
const REFILL_MS = 15 * 60_000;
const AGAIN_MS = 30_000;

const PAGE = 200;
const MOST_OPEN = 2000;
const MOST_COMPLETED = 200;
const MOST_CHARACTERS = 8_000_000;

/** Keeps the copy while the page is open. Of several pages one does: the others wait for its lock. */
export function keepCopy(client: QueryClient, user: User, isConnected: () => boolean): void {
  void navigator.locks.request(LOCK, async () => {
    try {
      const seal = await openSeal(user.id, FORMAT, user.signedInUntil);
      await new Keeper(client, user, seal, isConnected).run();
    } catch (error) {
      console.warn('tasks are not kept for reading offline', error);
      await destroy(); // rather none than an old one: the storage may be full
    }
  });
}

class Keeper {
  private tasks = new Map<number, Task>();
  private isChanged = false;
  private filledAt = 0;
  private triedAt = 0;
  private writtenAt = 0;

  constructor(
    private readonly client: QueryClient,
    private readonly user: User,
    private readonly seal: Seal,
    private readonly isConnected: () => boolean,
  ) {}

  /** Returns when the copy was deleted, as by signing out in another tab. */
  async run(): Promise<void> {
    this.client.getQueryCache().subscribe(({ type }) => {
      if (type === 'updated') this.isChanged = true;
    });
    do {
      if (onlineManager.isOnline()) await this.fillIfDue();
      if (this.filledAt > 0 && !(await this.writeIfDue())) return;
      await new Promise((resolve) => setTimeout(resolve, WRITE_MS));
    } while (this.seal.expires > Date.now());
  }

  private async fillIfDue(): Promise<void> {
    const now = Date.now();
    const isDue = this.filledAt === 0 || (this.isChanged && now - this.filledAt > REFILL_MS);
    if (!isDue || (this.triedAt > 0 && now - this.triedAt < AGAIN_MS)) return;
    this.triedAt = now;
    try {
      const open = await fetchAll(this.user.id, 'pending', MOST_OPEN);
      const completed = await fetchAll(this.user.id, 'completed', MOST_COMPLETED);
      this.tasks = new Map([...open, ...completed].map((task) => [task.id, task]));
      this.filledAt = now;
      this.isChanged = true;
    } catch (error) {
      console.warn('tasks could not be loaded for reading offline; it is tried again', error);
    }
  }

  /** Returns false if the copy was deleted. */
  private async writeIfDue(): Promise<boolean> {
    const agrees = onlineManager.isOnline() && this.isConnected();
    const isDue = this.isChanged || (agrees && Date.now() - this.writtenAt > CONFIRM_MS);
    const settings = this.client.getQueryData<Settings>(keys.settings);
    const overview = this.client.getQueryData<Overview>(keys.overview);
    if (!isDue || !settings || !overview) return true;
    this.isChanged = false;
    this.take();
    if (agrees || this.writtenAt === 0) this.writtenAt = Date.now();
    const copy = { user: this.user, settings, overview, tasks: bounded([...this.tasks.values()]) };
    return write(this.seal, { ...copy, savedAt: this.writtenAt } satisfies Copy);
  }

  /** Takes over the tasks that the page shows. Tasks without a server number are stored as unanswered changes. */
  private take(): void {
    const lists = this.client.getQueriesData<TaskList>({ queryKey: keys.lists });
    const single = this.client.getQueriesData<Task>({ queryKey: ['tasks', 'one'] });
    const shown = [...lists.flatMap(([, list]) => list?.pages.flatMap((page) => page.items) ?? [])];
    for (const task of [...shown, ...single.flatMap(([, task]) => task ?? [])]) {
      if (task.id < 0 || (this.tasks.get(task.id)?.version ?? 0) > task.version) continue;
      if (task.status === 'deleted') this.tasks.delete(task.id);
      else this.tasks.set(task.id, task);
    }
  }
}

async function fetchAll(userId: string, status: 'pending' | 'completed', most: number): Promise<Task[]> {
  const path = { user_id: userId };
  const sort = status === 'pending' ? 'position' : 'updated_at';
  const found: Task[] = [];
  let cursor: string | null = null;
  do {
    const query = { status, sort, limit: PAGE, ...(cursor === null ? {} : { cursor }) } as const;
    const page: TaskPage = await unwrap(api.GET('/api/{user_id}/tasks', { params: { path, query } }));
    found.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null && found.length < most);
  return found;
}

/** Returns the open tasks that are due first, and those completed last. */
function bounded(tasks: readonly Task[]): Task[] {
  const open = tasks.filter((task) => task.status === 'pending').sort((one, other) => compare(one, other, 'position'));
  const completed = tasks
    .filter((task) => task.status === 'completed')
    .sort((one, other) => compare(one, other, 'updated_at'));
  let room = MOST_CHARACTERS;
  return [...open.slice(0, MOST_OPEN), ...completed.slice(0, MOST_COMPLETED)].filter((task) => {
    room -= JSON.stringify(task).length;
    return room > 0;
  });
}
