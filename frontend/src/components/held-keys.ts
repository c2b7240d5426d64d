/**
 * Buffers the keys typed while an overlay or a view is loading. The current page does not get them, because they have
 * another meaning there. They are replayed when the overlay has the focus or the view is shown. Escape drops them and
 * cancels an overlay.
 */

interface Hold {
  /** Null for a view. */
  cancel: (() => void) | null;
  keys: KeyboardEventInit[];
  /** The overlays that were already open. */
  others: ReadonlySet<Element>;
  /** Whether the overlay or view that the keys are for is shown. */
  arrived: boolean;
}

const OVERLAY = '[role=dialog], [role=menu], aside';
const MODIFIERS = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock'];
const LISTENERS = [
  ['keydown', (event: Event) => current && press(current, event as KeyboardEvent)],
  ['focusin', (event: Event) => current && notice(current, event.target as Element)],
  // After a click or a navigation the keys are for another element.
  ['pointerdown', () => current && end(current)],
  ['popstate', () => current && end(current)],
] as const;

let current: Hold | null = null;
/** True while a buffered key is replayed. */
let giving = false;

/** Buffers keys until an overlay has the focus. Returns a function that drops them if the overlay will not open. */
export function holdKeys(cancel: () => void): () => void {
  return begin(cancel);
}

/** Buffers keys until the view calls `giveKeys`, after those that were pressed before the page could handle them. */
export function holdKeysForView(early: KeyboardEvent[] = []): void {
  begin(null);
  if (current) for (const event of early) take(current, event);
}

export function giveKeys(): void {
  if (current?.cancel === null) arrive(current);
}

function begin(cancel: Hold['cancel']): () => void {
  const others = new Set(document.querySelectorAll(OVERLAY));
  // A replayed key may have opened another overlay: the keys after it stay buffered.
  const hold = Object.assign(current ?? { keys: [] }, { cancel, others, arrived: false });
  if (!current) for (const [type, listener] of LISTENERS) window.addEventListener(type, listener, true);
  current = hold;
  return () => {
    if (!hold.arrived) end(hold);
  };
}

function end(hold: Hold): void {
  if (current !== hold) return;
  current = null;
  for (const [type, listener] of LISTENERS) window.removeEventListener(type, listener, true);
}

function press(hold: Hold, event: KeyboardEvent): void {
  if (giving || event.isComposing) return;
  event.stopImmediatePropagation();
  if (event.key === 'Escape' && !hold.arrived) {
    event.preventDefault();
    end(hold);
    hold.cancel?.();
    return;
  }
  take(hold, event);
}

function take(hold: Hold, event: KeyboardEvent): void {
  const { key, code, shiftKey, ctrlKey, metaKey } = event;
  const isPalette = (ctrlKey || metaKey) && key.toLowerCase() === 'k';
  const isCommand = (ctrlKey || metaKey || event.altKey) && !event.getModifierState('AltGraph') && !isPalette;
  if (isCommand || MODIFIERS.includes(key) || /^F\d+$/.test(key)) return; // left to the browser
  event.preventDefault();
  const modifiers = isPalette ? { ctrlKey, metaKey } : {};
  if (!event.repeat) hold.keys.push({ key, code, shiftKey, ...modifiers });
}

function notice(hold: Hold, focused: Element): void {
  const overlay = focused.closest(OVERLAY);
  if (hold.cancel && overlay && !hold.others.has(overlay)) arrive(hold);
}

function arrive(hold: Hold): void {
  if (hold.arrived) return;
  hold.arrived = true;
  setTimeout(() => give(hold));
}

/** Replays the keys one after the other, as each may change the page that the next one is for. */
function give(hold: Hold): void {
  if (current !== hold || !hold.arrived) return;
  const key = hold.keys.shift();
  if (!key) {
    end(hold);
    return;
  }
  giving = true;
  type(document.activeElement ?? document.body, key, hold.keys);
  giving = false;
  setTimeout(() => give(hold));
}

/** Does what the browser does for a key: a scripted event does not trigger the default action. */
function type(target: Element, init: KeyboardEventInit, following: KeyboardEventInit[]): void {
  const { key = '' } = init;
  if (!announce(target, init)) return; // a handler prevented the default
  if (target instanceof HTMLInputElement && key === 'Enter') submit(target);
  else if (isField(target)) write(target, key, following);
  else if (target instanceof HTMLElement && (key === 'Enter' || key === ' ')) target.click();
}

function announce(target: Element, init: KeyboardEventInit): boolean {
  return target.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }));
}

function isField(target: Element): target is HTMLInputElement | HTMLTextAreaElement {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

/** https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#implicit-submission */
function submit({ form }: HTMLInputElement): void {
  const button = form?.querySelector<HTMLElement>('[type=submit]');
  if (button) button.click();
  else form?.requestSubmit();
}

/** Writes the key and the characters that follow at once: on a slow machine, each render of the page takes long. */
function write(field: HTMLInputElement | HTMLTextAreaElement, key: string, following: KeyboardEventInit[]): void {
  const { selectionStart: start, selectionEnd: end, value, maxLength } = field;
  if (start === null || end === null) return; // not a text field
  if (key === 'Backspace') field.setRangeText('', start === end ? Math.max(start - 1, 0) : start, end, 'end');
  else {
    let text = key === 'Enter' ? '\n' : key.length === 1 ? key : '';
    while (text && following[0]?.key?.length === 1) {
      const next = following.shift() as KeyboardEventInit;
      if (announce(field, next)) text += next.key ?? '';
    }
    const room = maxLength < 0 ? Infinity : maxLength - (value.length - (end - start));
    if (!text || room <= 0) return;
    field.setRangeText(text.slice(0, room), start, end, 'end');
  }
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
