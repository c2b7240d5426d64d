'use client';

/** Keyboard shortcuts of the whole page. Those of a list are in `tasks/list/list-keys`. */
import { useEffect, useLayoutEffect } from 'react';
import { openAssistant } from '@/features/assistant/panel-state';
import { holdKeysForView } from '@/components/held-keys';
import { toggleSidebar } from '@/lib/sidebar';
import { takeEarlyInput } from '@/lib/early-input';
import { toggleTheme } from '@/lib/theme';
import { redo, undo } from '@/features/undo/undo';
import { go } from '@/lib/location';
import { focusOn, hasText, isComposing, isCovered, isTyping } from '@/lib/key-targets';
import { toggle } from '@/lib/overlays';
import { VIEWS } from '@/lib/views';

export const loadPalette = () => import('./command-palette').then((found) => found.CommandPalette);

const SECOND_KEY_MS = 1000;

export function useShortcuts(): void {
  // A layout effect, as a view that needs no loading gives the keys back in its first effect.
  useLayoutEffect(() => {
    const keys = takeEarlyInput();
    if (keys.length > 0) holdKeysForView(keys);
  }, []);
  useEffect(() => {
    let afterG = -Infinity;

    /** Runs in the capture phase: the list has its own shortcuts for some second keys. */
    function pressSecond(event: KeyboardEvent): void {
      const isSecond = event.timeStamp - afterG < SECOND_KEY_MS;
      afterG = -Infinity;
      const view = VIEWS.find((one) => one.key === event.key.toLowerCase());
      if (!isSecond || !view || !isForPage(event) || isCovered() || isTyping(event.target)) return;
      event.stopPropagation();
      act(event, () => goTo(`/${view.name}`));
    }

    function press(event: KeyboardEvent): void {
      if (event.defaultPrevented || isComposing(event)) return;
      const control = event.ctrlKey || event.metaKey;
      const key = event.key.toLowerCase();
      // Ctrl+K may follow: load the palette early.
      if (key === 'control' || key === 'meta') void loadPalette().catch(() => undefined);
      if (control && key === 'k' && !event.shiftKey && !event.altKey) {
        act(event, () => toggle('palette'));
        return;
      }
      if (isCovered()) return;
      if (control && key === 'z' && !event.shiftKey && !event.altKey && !hasText(event.target)) {
        act(event, () => undo());
        return;
      }
      if (control && !event.altKey && isRedo(key, event.shiftKey) && !hasText(event.target)) {
        act(event, () => redo());
        return;
      }
      if (isTyping(event.target)) return;
      if (event.shiftKey && key === 'd' && !control && !event.altKey) {
        act(event, toggleTheme);
        return;
      }
      if (!isForPage(event)) return;
      if (key === 'g') afterG = event.timeStamp;
      else if (key === '?') act(event, () => toggle('sheet'));
      else if (key === 'q') act(event, () => focusOn('quick-add'));
      else if (key === 'a') act(event, openAssistant);
      else if (key === 'b') act(event, toggleSidebar);
      else if (key === '/') act(event, () => focusOn('search'));
    }
    window.addEventListener('keydown', pressSecond, true);
    document.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', pressSecond, true);
      document.removeEventListener('keydown', press);
    };
  }, []);
}

function isRedo(key: string, shift: boolean): boolean {
  return shift ? key === 'z' : key === 'y';
}

/** Whether the key can be a shortcut. Some keyboard layouts need Shift for `?` and `/`; a letter must have no Shift. */
function isForPage(event: KeyboardEvent): boolean {
  const isLetter = /^[a-z]$/i.test(event.key);
  return !event.ctrlKey && !event.metaKey && !event.altKey && !(event.shiftKey && isLetter) && !isComposing(event);
}

/** Runs an action instead of the browser's default, but not again while the key repeats. */
function act(event: KeyboardEvent, run: () => void): void {
  event.preventDefault();
  if (!event.repeat) run();
}

/** Buffers the next keys for the new view. */
function goTo(path: string): void {
  if (window.location.pathname !== path) holdKeysForView();
  go(path);
}
