/** Where the keyboard is in the list and the details of a task. */
import { holdKeys } from '@/components/held-keys';
import { openTask, openTaskNow } from '@/lib/location';

export const LIST_ID = 'task-list';
export const PANE_ID = 'task-details';

/** Puts the keyboard on the row with this key, once it is there; on the list when it is not. */
export function focusList(key: number | null): void {
  const row = () => document.querySelector<HTMLElement>(`#${LIST_ID} [data-title="${key ?? ''}"]`);
  if (takesFocus(row())) return;
  requestAnimationFrame(() => {
    if (!takesFocus(row())) document.getElementById(LIST_ID)?.focus();
  });
}

function takesFocus(element: HTMLElement | null): boolean {
  element?.focus();
  return element !== null && document.activeElement === element;
}

/** Opens the details by the keyboard, which goes on there. */
export function openDetails(id: number): void {
  if (openTaskNow() === id) {
    document.getElementById(PANE_ID)?.focus();
    return;
  }
  openTask(id);
  holdKeys(() => openTask(null));
}
