/** Keys and clicks from before the page's scripts run. Without this they would be lost on a slow connection. */

declare global {
  interface Window {
    /** Ends the recording and returns what was recorded. Undefined in a page without the recorder. */
    takeEarlyInput?: () => EarlyInput;
  }
}

interface EarlyInput {
  /** Fields with text that React has not seen. */
  written: Set<HTMLInputElement>;
  keys: KeyboardEvent[];
  clicked: HTMLElement[];
}

/**
 * The script of the document, which records. It is sent as text, so it can use nothing outside itself. Fields and links
 * work without scripts, so their input is left to the browser.
 */
function record(): void {
  const written = new Set<HTMLInputElement>();
  const keys: KeyboardEvent[] = [];
  const clicked: HTMLElement[] = [];

  function press(event: KeyboardEvent): void {
    const { key, target } = event;
    if (event.isComposing || !(target instanceof Element)) return;
    if (key === 'Escape') keys.length = 0;
    // Enter would load the page anew, without what is typed. What is typed after it belongs to the next task.
    const isField = target.matches('input, textarea, select');
    if (isField && keys.length === 0 && !(key === 'Enter' && target.matches('input'))) return;
    const isPalette = (event.ctrlKey || event.metaKey) && key.toLowerCase() === 'k';
    const isCommand = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph');
    const isText = key.length === 1 || key === 'Enter' || key === 'Backspace';
    // The browser makes a click of Enter or Space on a button. After a shortcut they belong to what it opens.
    const isClick = (key === 'Enter' || key === ' ') && keys.length === 0 && !isField;
    if (!isText || isClick || (isCommand && !isPalette)) return;
    event.preventDefault();
    keys.push(event);
  }

  function click(event: MouseEvent): void {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button) clicked.push(button);
  }

  function write({ target }: Event): void {
    if (target instanceof HTMLInputElement) written.add(target);
  }

  document.addEventListener('input', write, true);
  document.addEventListener('keydown', press, true);
  document.addEventListener('click', click, true);
  window.takeEarlyInput = () => {
    delete window.takeEarlyInput;
    document.removeEventListener('input', write, true);
    document.removeEventListener('keydown', press, true);
    document.removeEventListener('click', click, true);
    return { written, keys, clicked };
  };
}

export const RECORDER = `(${record.toString()})()`;

/** Repeats the texts and clicks. Returns the keys, which have to wait until the view is shown. */
export function takeEarlyInput(): KeyboardEvent[] {
  const early = window.takeEarlyInput?.();
  if (!early) return [];
  for (const field of early.written) writeAgain(field);
  for (const button of early.clicked) button.click();
  return early.keys;
}

/** React ignores the text that a field has when it is hydrated, and an event that does not change it. */
function writeAgain(field: HTMLInputElement): void {
  const { value, selectionStart, selectionEnd } = field;
  if (selectionStart === null) return; // such as a checkbox or an address, which have no selection
  field.value = '';
  field.setRangeText(value); // does not go through the property that React watches
  field.setSelectionRange(selectionStart, selectionEnd);
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
