import { naturalPosition } from '@/features/tasks/data/positions';
import type { Here, Task } from '@/features/tasks/data/model';
import type { ListQuery, TaskList } from '@/features/tasks/data/lists';

/** Tuesday, noon in Berlin. */
export const HERE: Here = { now: new Date('2026-03-10T11:00:00Z'), zone: 'Europe/Berlin' };

export function task(fields: Partial<Task> = {}): Task {
  const made: Task = {
    id: 1,
    title: 'Buy milk',
    description: '',
    status: 'pending',
    completed: false,
    completed_at: null,
    priority: 'None',
    tags: [],
    due_date: null,
    time_zone: 'Europe/Berlin',
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
    created_at: '2026-03-01T10:00:00Z',
    updated_at: '2026-03-01T10:00:00Z',
    deleted_at: null,
    ...fields,
  };
  return { ...made, position: fields.position ?? naturalPosition(made) };
}

export function query(fields: Partial<ListQuery> = {}): ListQuery {
  return { status: 'pending', sort: 'title', priority: [], tags: [], q: '', ...fields };
}

/** A list of pages by the titles of their tasks, whose numbers are the places of the titles. */
export function list(pages: string[][], { complete = true } = {}): TaskList {
  const total = pages.flat().length;
  let id = 0;
  return {
    pageParams: pages.map((_, index) => (index === 0 ? null : `cursor ${index}`)),
    pages: pages.map((titles, index) => ({
      items: titles.map((title) => task({ id: ++id, title })),
      next_cursor: index < pages.length - 1 || !complete ? `cursor ${index + 1}` : null,
      total,
    })),
  };
}

export function titles(list: TaskList): string[][] {
  return list.pages.map((page) => page.items.map((item) => item.title));
}
