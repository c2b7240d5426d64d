'use client';

import { useRef } from 'react';

/** Enter and leaving keep the title, Escape does not; null when it stays as it was. */
export function TitleEditor({ title, onDone }: { title: string; onDone: (title: string | null) => void }) {
  const done = useRef(false);

  function finish(text: string | null): void {
    if (done.current) return;
    done.current = true;
    const next = text?.trim();
    onDone(next && next !== title ? next : null);
  }

  return (
    <input
      aria-label="Title"
      defaultValue={title}
      maxLength={200}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(event.currentTarget.value);
        if (event.key === 'Escape') finish(null);
        event.stopPropagation();
      }}
      className="h-8 min-w-0 flex-1 rounded border border-field bg-ground px-2"
    />
  );
}
