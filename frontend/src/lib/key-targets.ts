/** What a key press means for its target. */
import { openAdding } from './location';
import { isPhoneNow } from './narrow';

const BUTTON_TYPES = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'reset', 'submit'];

/** Whether the target uses keys as text, or to choose an option. */
export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !BUTTON_TYPES.includes(target.type);
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLElement && target.isContentEditable;
}

/** Whether the target has text, so that the browser's own undo applies. */
export function hasText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
    return isTyping(target) && target.value !== '';
  return target instanceof HTMLElement && target.isContentEditable && target.textContent !== '';
}

/** Whether an input method, as for Japanese, handles the key: Enter and Escape then apply to the composition. */
export function isComposing(event: { isComposing: boolean; keyCode: number }): boolean {
  return event.isComposing || event.keyCode === 229; // Safari's only sign for the key that ends the composition
}

/** Whether a dialog, a popover or a menu is open. */
export function isCovered(): boolean {
  return document.querySelector('[role=dialog][data-state=open], [role=menu]') !== null;
}

/** Focuses a field. Where the field of quick-add is not above the list, opens the sheet with it. */
export function focusOn(id: 'quick-add' | 'search'): void {
  const field = document.getElementById(id);
  const needsSheet = id === 'quick-add' && (!field || isPhoneNow()) && !field?.closest('[role=dialog]');
  if (needsSheet) openAdding(true);
  else field?.focus();
}
