'use client';

import { useRef, useState } from 'react';
import type { Task } from './model';

interface Props {
  task: Task;
  /** With the task as it was seen: what others have done since is not written over. */
  onDone: (seen: Task, title: string | null) => void;
}

/** Enter and leaving keep the title, Escape does not; null when it stays as it was. */
export function TitleEditor({ task, onDone }: Props) {
  const [seen] = useState(task);
  const done = useRef(false);

  function finish(text: string | null): void {
    if (done.current) return;
    done.current = true;
    const next = text?.trim();
    onDone(seen, next && next !== seen.title ? next : null);
  }

  return (
    <input
      aria-label="Title"
      defaultValue={seen.title}
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
