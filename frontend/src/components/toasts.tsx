'use client';

import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { classes } from '@/lib/classes';
import { External, useExternal } from '@/lib/external';
import { Button } from './button';
import { IconButton } from './icon-button';

interface Action {
  label: string;
  run: () => void;
}

interface Notice {
  id: number;
  text: string;
  actions: Action[];
  failure: boolean;
}

const notices = new External<Notice[]>([]);
const MOST = 2;
const SHOWN_MS = 6000;
const FAILURE_SHOWN_MS = 12_000;
let last = 0;

/** Shows a message with actions for a few seconds. Returns its id for `dismiss`. */
export function tell(text: string, ...actions: Action[]): number {
  return add({ text, actions, failure: false });
}

export function tellFailure(text: string, ...actions: Action[]): number {
  return add({ text, actions, failure: true });
}

/** Messages with actions and messages without replace only their own kind: a plain message must not remove an Undo. */
function add(notice: Omit<Notice, 'id'>): number {
  const id = ++last;
  notices.set((shown) => {
    const alike = shown.filter((one) => one.actions.length > 0 === notice.actions.length > 0);
    const leaving = alike.slice(0, Math.max(0, alike.length + 1 - MOST));
    return [...shown.filter((one) => !leaving.includes(one)), { ...notice, id }];
  });
  return id;
}

export function dismiss(id: number): void {
  notices.set((shown) => shown.filter((notice) => notice.id !== id));
}

/** Messages disappear after a while, but not while they have the pointer or the focus. Screen readers announce them. */
export function Toasts() {
  const [held, setHeld] = useState(false);
  return (
    <section
      aria-label="Messages"
      aria-live="polite"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-none fixed inset-x-3 bottom-3 z-50 flex max-w-md flex-col gap-2 md:left-64"
    >
      {useExternal(notices).map((notice) => (
        <Message key={notice.id} notice={notice} held={held} />
      ))}
    </section>
  );
}

function Message({ notice: { id, text, actions, failure }, held }: { notice: Notice; held: boolean }) {
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(id), failure ? FAILURE_SHOWN_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, failure, held]);
  return (
    <div className="pointer-events-auto flex items-center gap-3 rounded-lg border border-edge bg-raised py-2 pr-2 pl-4 shadow-pop">
      <p
        {...(failure ? { role: 'alert' } : {})}
        className={classes('min-w-0 text-sm break-words', failure && 'text-danger')}
      >
        {text}
      </p>
      <div className="ml-auto flex shrink-0 items-center gap-3">
        {actions.map(({ label, run }) => (
          <Button
            key={label}
            look="link"
            size="small"
            onClick={() => {
              dismiss(id);
              run();
            }}
          >
            {label}
          </Button>
        ))}
        <IconButton label="Dismiss" icon={X} onClick={() => dismiss(id)} />
      </div>
    </div>
  );
}
