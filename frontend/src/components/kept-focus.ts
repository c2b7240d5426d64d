'use client';

import { type FocusEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/**
 * Calls `restore` when the focused element within `root` is removed or disabled. Otherwise the focus would move to the
 * document body, which would get all further keys.
 */
export function useKeptFocus(root: RefObject<HTMLElement | null>, restore: () => void) {
  const hasFocus = useRef(false);
  const latest = useRef(restore);
  // A layout effect runs before the observer, which is called right after a change of the page.
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
    // React does not call onBlur for an element that it removes.
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!currentTarget.contains(relatedTarget)) hasFocus.current = false;
    },
  };
}

function isLost(focused: Element | null): boolean {
  return focused === null || focused === document.body || focused.matches(':disabled');
}

/** For an overlay without a trigger: restores the previous focus on close, unless the focus was moved elsewhere. */
export function useReturnedFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        if (!isLost(document.activeElement)) return;
        const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
        (isThere ? before : document.getElementById('main'))?.focus();
      });
    },
    [before],
  );
}

/** For a part of the page that can be removed with the focus in it: the focus then moves to the page's main part. */
export function useLeftFocus(): void {
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (isLost(document.activeElement)) document.getElementById('main')?.focus();
      });
    },
    [],
  );
}
