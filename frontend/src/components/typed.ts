'use client';

import { useEffect, useRef, useState } from 'react';

/** Calls `run` when the component is removed: React calls no `onBlur` for a field that is removed with the focus. */
export function useRemoved(run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => () => latest.current(), []);
}

/**
 * A text that is typed and not committed yet, or null. `commit` commits it, and so does the removal of the field, as when
 * Back closes the details. `onCommit` ends with `type(null)`, unless it refuses the text.
 */
export function useTyped(onCommit: (text: string) => void) {
  const [text, setText] = useState<string | null>(null);
  /** The text as of the last event: it may be committed before another render. */
  const live = useRef<string | null>(null);
  function type(next: string | null): void {
    live.current = next;
    setText(next);
  }
  function commit(): void {
    if (live.current !== null) onCommit(live.current);
  }
  useRemoved(commit);
  return { text, type, commit };
}
