import {
  Activity,
  CalendarClock,
  CalendarDays,
  CircleCheck,
  Inbox,
  type LucideIcon,
  Search,
  Settings,
  Sun,
  Tag,
  Trash2,
} from 'lucide-react';

export type Status = 'pending' | 'completed' | 'overdue' | 'today' | 'upcoming' | 'due' | 'dated' | 'deleted' | 'all';
/** `position`: by due date, and as the user has moved tasks by hand. */
export type Sort = 'position' | 'due_date' | 'priority' | 'created_at' | 'updated_at' | 'title';

export interface View {
  name: string;
  title: string;
  icon: LucideIcon;
  /** The colour of its icon. */
  tint: string;
  /** Filter and order of its list. Absent for views without a list. */
  list?: { status: Status; sort: Sort };
  /** The key that opens the view after `g`. Empty for a view that the menu does not list. */
  key: string;
  empty?: string;
}

export const VIEWS: readonly View[] = [
  {
    name: 'today',
    title: 'Today',
    icon: Sun,
    tint: 'text-today',
    key: 't',
    list: { status: 'due', sort: 'position' },
    empty: 'Nothing is due today.',
  },
  {
    name: 'upcoming',
    title: 'Upcoming',
    icon: CalendarDays,
    tint: 'text-upcoming',
    key: 'u',
    list: { status: 'dated', sort: 'position' },
    empty: 'Nothing is planned.',
  },
  {
    name: 'overdue',
    title: 'Overdue',
    icon: CalendarClock,
    tint: 'text-overdue',
    key: 'o',
    list: { status: 'overdue', sort: 'position' },
    empty: 'Nothing is overdue. Well done.',
  },
  {
    name: 'all',
    title: 'All',
    icon: Inbox,
    tint: 'text-accent',
    key: 'a',
    list: { status: 'pending', sort: 'created_at' },
    empty: 'No open tasks.',
  },
  {
    name: 'completed',
    title: 'Completed',
    icon: CircleCheck,
    tint: 'text-completed',
    key: 'c',
    list: { status: 'completed', sort: 'updated_at' },
    empty: 'Nothing is completed yet.',
  },
  {
    name: 'trash',
    title: 'Trash',
    icon: Trash2,
    tint: 'text-quiet',
    key: 'd',
    list: { status: 'deleted', sort: 'updated_at' },
    empty: 'The trash is empty.',
  },
  {
    name: 'search',
    title: 'Search',
    icon: Search,
    tint: 'text-quiet',
    key: '',
    list: { status: 'all', sort: 'updated_at' },
    empty: 'No tasks.',
  },
  {
    name: 'tag',
    title: 'Tag',
    icon: Tag,
    tint: 'text-quiet',
    key: '',
    list: { status: 'pending', sort: 'position' },
    empty: 'No open task has this tag.',
  },
  { name: 'activity', title: 'Activity', icon: Activity, tint: 'text-quiet', key: 'h' },
  { name: 'settings', title: 'Settings', icon: Settings, tint: 'text-quiet', key: 's' },
];

/** Returns the path of a search in all tasks. */
export function searchPath(text: string): string {
  return `/search?q=${encodeURIComponent(text)}`;
}

/** Whether a new task can appear in the view: its list is one of open tasks. */
export function takesTasks({ list }: View): boolean {
  return list !== undefined && !['completed', 'deleted', 'all'].includes(list.status);
}

export function viewNamed(name: string): View | undefined {
  return VIEWS.find((view) => view.name === name);
}
