'use client';

import { type FocusEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/**
 * Calls `restore` when the element that has the focus within `root` is removed or disabled. Otherwise keys would go to
 * the page as a whole from then on.
 */
export function useKeptFocus(root: RefObject<HTMLElement | null>, restore: () => void) {
  const hasFocus = useRef(false);
  const latest = useRef(restore);
  // Before the observer, which is called right after the page was changed.
  useLayoutEffect(() => {
    latest.current = restore;
  });
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const observer = new MutationObserver(() => {
      if (!hasFocus.current || !isLost(document.activeElement)) return;
      hasFocus.current = false;
      latest.current();
    });
    observer.observe(element, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
    return () => observer.disconnect();
  }, [root]);
  return {
    onFocus: () => {
      hasFocus.current = true;
    },
    // React does not call it for an element that it removes.
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!currentTarget.contains(relatedTarget)) hasFocus.current = false;
    },
  };
}

function isLost(focused: Element | null): boolean {
  return focused === null || focused === document.body || focused.matches(':disabled');
}

/** For an overlay without a trigger: the focus goes back to where it was, unless what closed the overlay has moved it. */
export function useReturnedFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        if (!isLost(document.activeElement)) return;
        const isThere = before instanceof HTMLElement && before.isConnected;
        (isThere ? before : document.getElementById('main'))?.focus();
      });
    },
    [before],
  );
}
