/** Keyboard focus in the list and in the details of a task. */
import { holdKeys } from '@/components/held-keys';
import { openTask, openTaskNow } from '@/lib/location';

export const LIST_ID = 'task-list';
export const PANE_ID = 'task-details';

/** Focuses the row with this key, on the next frame if it is not rendered yet; the list if there is no such row. */
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

/** Opens the details from the keyboard, and buffers keys until they have loaded. */
export function openDetails(id: number): void {
  if (openTaskNow() === id) {
    document.getElementById(PANE_ID)?.focus();
    return;
  }
  openTask(id);
  holdKeys(() => openTask(null));
}
