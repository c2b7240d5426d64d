import {
  Activity,
  Calendar,
  CalendarClock,
  CalendarDays,
  CircleCheck,
  Inbox,
  type LucideIcon,
  Settings,
  Tag,
  Trash2,
} from 'lucide-react';

export type Status = 'pending' | 'completed' | 'overdue' | 'today' | 'upcoming' | 'due' | 'dated' | 'deleted' | 'all';
export type Sort = 'due_date' | 'priority' | 'created_at' | 'updated_at' | 'title';

export interface View {
  name: string;
  title: string;
  icon: LucideIcon;
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
    icon: Calendar,
    key: 't',
    list: { status: 'due', sort: 'due_date' },
    empty: 'Nothing is due today.',
  },
  { name: 'upcoming', title: 'Upcoming', icon: CalendarDays, key: 'u', list: { status: 'dated', sort: 'due_date' } },
  {
    name: 'overdue',
    title: 'Overdue',
    icon: CalendarClock,
    key: 'o',
    list: { status: 'overdue', sort: 'due_date' },
    empty: 'Nothing is overdue. Well done.',
  },
  {
    name: 'all',
    title: 'All',
    icon: Inbox,
    key: 'a',
    list: { status: 'pending', sort: 'created_at' },
    empty: 'No open tasks. Press Q to add one.',
  },
  {
    name: 'completed',
    title: 'Completed',
    icon: CircleCheck,
    key: 'c',
    list: { status: 'completed', sort: 'updated_at' },
    empty: 'Nothing is completed yet.',
  },
  {
    name: 'trash',
    title: 'Trash',
    icon: Trash2,
    key: 'd',
    list: { status: 'deleted', sort: 'updated_at' },
    empty: 'The trash is empty.',
  },
  {
    name: 'tag',
    title: 'Tag',
    icon: Tag,
    key: '',
    list: { status: 'pending', sort: 'due_date' },
    empty: 'No open task has this tag.',
  },
  { name: 'activity', title: 'Activity', icon: Activity, key: 'h' },
  { name: 'settings', title: 'Settings', icon: Settings, key: 's' },
];

export function viewNamed(name: string): View | undefined {
  return VIEWS.find((view) => view.name === name);
}
