/** The shortcuts as the sheet shows them. It is loaded with the sheet. */
import { VIEWS } from '@/lib/views';

interface Shortcut {
  keys: string;
  what: string;
}

export const SHORTCUTS: Record<string, readonly Shortcut[]> = {
  Anywhere: [
    { keys: 'Ctrl K', what: 'Command palette' },
    { keys: '?', what: 'These shortcuts' },
    { keys: 'Q', what: 'Add a task' },
    { keys: '/', what: 'Search in this list' },
    { keys: 'A', what: 'Assistant' },
    { keys: 'B', what: 'Hide or show the sidebar' },
    { keys: 'Ctrl Z', what: 'Undo' },
    { keys: 'Ctrl Shift Z', what: 'Redo' },
    { keys: 'Shift D', what: 'Light or dark' },
    { keys: 'Esc', what: 'Close, or end the selection' },
  ],
  'Go to': VIEWS.filter((view) => view.key).map((view) => ({ keys: `G ${view.key.toUpperCase()}`, what: view.title })),
  'In a list': [
    { keys: '↓ J', what: 'Next task' },
    { keys: '↑ K', what: 'Previous task' },
    { keys: 'Alt ↓ ↑', what: 'Move the task down or up' },
    { keys: 'Enter', what: 'Open the details' },
    { keys: 'Space', what: 'Complete or reopen' },
    { keys: 'E', what: 'Edit the title' },
    { keys: 'X', what: 'Select' },
    { keys: 'Shift ↓ ↑', what: 'Extend the selection' },
    { keys: 'Ctrl A', what: 'Select all' },
    { keys: '1 2 3 4', what: 'High, medium, low, no priority' },
    { keys: 'D', what: 'Set the date' },
    { keys: 'T', what: 'Due today' },
    { keys: 'M', what: 'Due tomorrow' },
    { keys: 'Del', what: 'To the trash (in the trash: restore)' },
  ],
  'In the details': [
    { keys: 'J', what: 'Next task' },
    { keys: 'K', what: 'Previous task' },
    { keys: 'D', what: 'Set the date' },
    { keys: 'Ctrl Enter', what: 'Save the description' },
  ],
};
