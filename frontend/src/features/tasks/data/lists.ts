/** The API's rules for membership and order of lists, so that a change is shown before the server answers. */
import type { InfiniteData } from '@tanstack/react-query';
import { wallClock } from '@/lib/dates';
import type { Sort, Status } from '@/lib/views';
import { dueDay, dueInstant, type Here, isOverdue, PRIORITIES, type Priority, type Task, type TaskPage } from './model';
import { hasTag } from './tags';

/** The filters of a list, as the API names them. */
export interface Filters {
  status: Status;
  priority: Priority[];
  tags: string[];
}

export interface ListQuery extends Filters {
  sort: Sort;
  /** The days that a calendar shows; `to` is not among them. */
  due?: { from: string; to: string };
  /** Search text. Only the server ranks the results. */
  q: string;
}

export type TaskList = InfiniteData<TaskPage, string | null>;

export function belongs(task: Task, query: ListQuery, here: Here): boolean {
  if (query.priority.length > 0 && !query.priority.includes(task.priority)) return false;
  if (query.tags.length > 0 && !query.tags.some((tag) => hasTag(task.tags, tag))) return false;
  if (query.due && !isWithin(dueDay(task, here.zone), query.due)) return false;
  return hasStatus(task, query.status, here);
}

function isWithin(day: string | null, { from, to }: { from: string; to: string }): boolean {
  return day !== null && from <= day && day < to;
}

export function hasStatus(task: Task, status: Status, here: Here): boolean {
  const today = () => wallClock(here.now, here.zone).day;
  switch (status) {
    case 'all':
      return task.status !== 'deleted';
    case 'overdue':
      return isOverdue(task, here);
    case 'today':
      return task.status === 'pending' && dueDay(task, here.zone) === today();
    case 'upcoming':
      return isDated(task) && !isOverdue(task, here);
    case 'due':
      return isDated(task) && (dueDay(task, here.zone) ?? '') <= today();
    case 'dated':
      return isDated(task);
    case 'pending':
    case 'completed':
    case 'deleted':
      return task.status === status;
  }
}

function isDated(task: Task): boolean {
  return task.status === 'pending' && task.due_date !== null;
}

const KEYS: Record<Sort, (task: Task) => string | number | null> = {
  position: (task) => task.position,
  due_date: (task) => dueInstant(task)?.getTime() ?? null,
  priority: (task) => PRIORITIES.indexOf(task.priority),
  created_at: (task) => madeAt(task, task.created_at),
  updated_at: (task) => madeAt(task, task.updated_at),
  title: (task) => task.title,
};

/** A task without a server number sorts as the newest, regardless of the browser's clock. */
function madeAt(task: Task, at: string): number {
  return task.id < 0 ? Infinity : Date.parse(at);
}

const NEWEST_FIRST: readonly Sort[] = ['created_at', 'updated_at'];

/** The order of the server's collation: accents and case decide last, 9 comes before 10. */
const TITLES = new Intl.Collator('en', { numeric: true });

/** Returns a negative number if `one` comes before `other`. */
export function compare(one: Task, other: Task, sort: Sort): number {
  const direction = NEWEST_FIRST.includes(sort) ? -1 : 1;
  const [a, b] = [KEYS[sort](one), KEYS[sort](other)];
  if (a === b) return direction * byNumber(one.id, other.id);
  if (a === null) return 1;
  if (b === null) return -1;
  if (sort === 'title' && typeof a === 'string' && typeof b === 'string')
    return TITLES.compare(a, b) || (a < b ? -1 : 1);
  return a < b ? -direction : direction;
}

/** Temporary numbers come after all server numbers, oldest first: the order in which the server assigns numbers. */
function byNumber(one: number, other: number): number {
  return one > 0 === other > 0 ? Math.abs(one) - Math.abs(other) : other - one;
}

/** Returns the list with the task in its place, or without it if it does not belong. Same object if nothing changes. */
export function place(list: TaskList, query: ListQuery, task: Task, here: Here): TaskList {
  const known = includes(list, task.id);
  const fits = belongs(task, query, here) && (known || query.q === '');
  if (!known && !fits) return list;
  const rest = known ? without(list, task.id) : list;
  return fits ? (query.q === '' ? insert(rest, task, query.sort) : replace(list, task)) : rest;
}

/** Returns the list with the task updated in its present place, even if it no longer belongs there. */
export function replaced(list: TaskList, query: ListQuery, task: Task, here: Here): TaskList {
  return includes(list, task.id) ? replace(list, task) : place(list, query, task, here);
}

function includes(list: TaskList, id: number): boolean {
  return list.pages.some((page) => page.items.some((item) => item.id === id));
}

export function without(list: TaskList, id: number): TaskList {
  if (!includes(list, id)) return list;
  return {
    ...list,
    pages: list.pages.map((page) => ({
      ...page,
      total: page.total - 1,
      items: page.items.some((item) => item.id === id) ? page.items.filter((item) => item.id !== id) : page.items,
    })),
  };
}

/** Returns the list with the task renumbered in place. */
export function renamed(list: TaskList, from: number, to: number): TaskList {
  if (!includes(list, from)) return list;
  if (includes(list, to)) return without(list, from); // an event delivered the task before the answer
  const items = (page: TaskPage) => page.items.map((item) => (item.id === from ? { ...item, id: to } : item));
  return { ...list, pages: list.pages.map((page) => ({ ...page, items: items(page) })) };
}

function replace(list: TaskList, task: Task): TaskList {
  const items = (page: TaskPage) => page.items.map((item) => (item.id === task.id ? task : item));
  return { ...list, pages: list.pages.map((page) => ({ ...page, items: items(page) })) };
}

function insert(list: TaskList, task: Task, sort: Sort): TaskList {
  const follows = (page: TaskPage) => page.items.findIndex((item) => compare(task, item, sort) < 0);
  let target = list.pages.findIndex((page) => follows(page) >= 0);
  const last = list.pages.length - 1;
  // Behind the loaded pages: the task is loaded with its page, unless there are no more pages.
  if (target < 0 && list.pages[last]?.next_cursor === null) target = last;
  return {
    ...list,
    pages: list.pages.map((page, number) => {
      const counted = { ...page, total: page.total + 1 };
      if (number !== target) return counted;
      const at = follows(page) < 0 ? page.items.length : follows(page);
      return { ...counted, items: page.items.toSpliced(at, 0, task) };
    }),
  };
}

/** Returns whether a list is a search. Only the server can match a search, so it is reloaded when a task changes. */
export function isSearch(key: readonly unknown[]): boolean {
  return ((key[2] as Partial<ListQuery> | undefined)?.q ?? '') !== '';
}
