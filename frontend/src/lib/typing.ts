/** What keys are for where they are pressed. */

const BUTTON_TYPES = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'reset', 'submit'];

/** Whether keys are text there, or choose in a list of options. */
export function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !BUTTON_TYPES.includes(target.type);
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLElement && target.isContentEditable;
}

/** Whether the browser has something of its own to undo there. */
export function hasText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
    return isTyping(target) && target.value !== '';
  return target instanceof HTMLElement && target.isContentEditable && target.textContent !== '';
}

/** A key that an input method takes, as for Japanese: Enter and Escape are then about what is being composed. */
export function isComposing(event: { isComposing: boolean; keyCode: number }): boolean {
  return event.isComposing || event.keyCode === 229; // Safari says so alone of the key that ends it
}

/** A dialog, a popover or a menu. */
export function isCovered(): boolean {
  return document.querySelector('[role=dialog][data-state=open], [role=menu]') !== null;
}
