/** Keyboard focus in the list and in the details of a task. */
import { holdKeys } from '@/components/held-keys';
import { External } from '@/lib/external';
import { openTask, openTaskNow } from '@/lib/location';

export const LIST_ID = 'task-list';
export const PANE_ID = 'task-details';

/** A row of the details, in their order. */
export type Property = 'date' | 'repeat' | 'reminders' | 'priority' | 'tags';

/** The open editor in the details, with the number of its task. */
export const openEditor = new External<{ id: number; property: Property } | null>(null);

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

/** Opens the details from the keyboard, or the editor of a property, and buffers keys until it has loaded. */
export function openDetails(id: number, property?: Property): void {
  openEditor.set(property ? { id, property } : null);
  const isOpen = openTaskNow() === id;
  if (isOpen && !property) document.getElementById(PANE_ID)?.focus();
  if (isOpen && property) holdKeys(() => openEditor.set(null));
  if (isOpen) return;
  openTask(id);
  holdKeys(() => openTask(null));
}
