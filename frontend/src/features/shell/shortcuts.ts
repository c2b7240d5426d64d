'use client';

/** Keys that work everywhere in the page. Those of a list are in `tasks/list-keys`. */
import { useEffect } from 'react';
import { openAssistant } from '@/features/assistant/opening';
import { toggleTheme } from '@/lib/theme';
import { undo } from '@/features/undo/undo';
import { go } from '@/lib/location';
import { loadPalette, toggle } from './overlays';
import { VIEWS } from './views';

interface Shortcut {
  keys: string;
  what: string;
}

export const SHORTCUTS: Record<string, readonly Shortcut[]> = {
  Anywhere: [
    { keys: 'Ctrl K', what: 'Command palette' },
    { keys: '?', what: 'These shortcuts' },
    { keys: 'Q', what: 'Add a task' },
    { keys: '/', what: 'Search' },
    { keys: 'A', what: 'Assistant' },
    { keys: 'Ctrl Z', what: 'Undo' },
    { keys: 'Shift D', what: 'Light or dark' },
    { keys: 'Esc', what: 'Close, or end the selection' },
  ],
  'Go to': VIEWS.filter((view) => view.key).map((view) => ({ keys: `G ${view.key.toUpperCase()}`, what: view.title })),
  'In a list': [
    { keys: '↓ J', what: 'Next task' },
    { keys: '↑ K', what: 'Task before' },
    { keys: 'Enter', what: 'Open the details' },
    { keys: 'Space', what: 'Complete or reopen' },
    { keys: 'E', what: 'Edit the title' },
    { keys: 'X', what: 'Select' },
    { keys: 'Shift ↓ ↑', what: 'Select further' },
    { keys: 'Ctrl A', what: 'Select all that are loaded' },
    { keys: '1 2 3', what: 'High, medium, low priority' },
    { keys: 'T', what: 'Due today' },
    { keys: 'M', what: 'Due tomorrow' },
    { keys: 'Del', what: 'To the trash (in the trash: restore)' },
  ],
};

const BUTTON_TYPES = ['checkbox', 'radio', 'button', 'submit'];

/** Whether keys are text where they are pressed, or choose in a list of options. */
export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !BUTTON_TYPES.includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Whether the browser has something of its own to undo there. */
function hasText(target: EventTarget | null): boolean {
  return isTyping(target) && !(target instanceof HTMLSelectElement) && (target as HTMLInputElement).value !== '';
}

const OVER_THE_PAGE = '[role=dialog][data-state=open], [role=menu]';

const SECOND_KEY_MS = 1000;

export function useShortcuts(): void {
  useEffect(() => {
    let afterG = -Infinity;
    function press(event: KeyboardEvent): void {
      const control = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      // On the way to Ctrl+K: what is typed next is not to be too early for it.
      if (key === 'control' || key === 'meta') void loadPalette().catch(() => undefined);
      if (control && key === 'k') {
        act(event, () => toggle('palette'));
        return;
      }
      if (document.querySelector(OVER_THE_PAGE)) return;
      if (control && key === 'z' && !event.shiftKey && !hasText(event.target)) {
        act(event, () => undo());
        return;
      }
      if (isTyping(event.target)) return;
      if (control || event.altKey) return;
      if (event.timeStamp - afterG < SECOND_KEY_MS) {
        afterG = -Infinity;
        const view = VIEWS.find((one) => one.key === key);
        if (view) {
          act(event, () => go(`/${view.name}`));
          return;
        }
      }
      if (event.shiftKey && key === 'd') {
        act(event, toggleTheme);
        return;
      }
      if (key === 'g') afterG = event.timeStamp;
      else if (key === '?') act(event, () => toggle('sheet'));
      else if (key === 'q') act(event, () => focusOn('quick-add'));
      else if (key === 'a') act(event, openAssistant);
      else if (key === '/') act(event, () => focusOn('search'));
    }
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

/** Instead of what the browser would do. */
function act(event: KeyboardEvent, run: () => void): void {
  event.preventDefault();
  run();
}

export function focusOn(id: 'quick-add' | 'search'): void {
  document.getElementById(id)?.focus();
}
