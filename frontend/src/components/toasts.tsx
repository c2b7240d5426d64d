'use client';

import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { classes } from '@/lib/classes';
import { External, useExternal } from '@/lib/external';
import { Button } from './button';
import { IconButton } from './icon-button';

export interface Offer {
  label: string;
  run: () => void;
}

interface Notice {
  id: number;
  text: string;
  actions: Offer[];
  failure: boolean;
}

const notices = new External<Notice[]>([]);
const SHOWN_MS = 6000;
const FAILURE_SHOWN_MS = 12_000;
let last = 0;

/** Shows a message with actions for a few seconds. Returns its id for `dismiss`. */
export function tell(text: string, ...actions: Offer[]): number {
  return add({ text, actions, failure: false });
}

export function tellFailure(text: string, ...actions: Offer[]): number {
  return add({ text, actions, failure: true });
}

/** One message is shown at a time, and the next one replaces it; but it waits behind a failure, which has to be read. */
function add(notice: Omit<Notice, 'id'>): number {
  const id = ++last;
  notices.set(([first]) => [...(first?.failure && !notice.failure ? [first] : []), { ...notice, id }]);
  return id;
}

export function dismiss(id: number): void {
  notices.set((shown) => shown.filter((notice) => notice.id !== id));
}

/** Messages disappear after a while, but not while they have the pointer or the focus. Screen readers announce them. */
export function Toasts() {
  const [held, setHeld] = useState(false);
  const [notice] = useExternal(notices);
  return (
    <section
      aria-label="Messages"
      aria-live="polite"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-none fixed inset-x-3 bottom-5 z-50 flex justify-center"
    >
      {notice && <Message key={notice.id} notice={notice} held={held} />}
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
    <div className="pointer-events-auto flex max-w-lg items-center gap-4 rounded-card bg-toast py-1.5 pr-1.5 pl-4 text-on-toast shadow-pop outline-toast-action">
      <p
        {...(failure ? { role: 'alert' } : {})}
        className={classes('min-w-0 text-sm break-words', failure && 'text-toast-failure')}
      >
        {text}
      </p>
      <div className="ml-auto flex shrink-0 items-center gap-1">
        {actions.map(({ label, run }) => (
          <Button
            key={label}
            look="toast"
            size="small"
            onClick={() => {
              dismiss(id);
              run();
            }}
          >
            {label}
          </Button>
        ))}
        <IconButton label="Dismiss" icon={X} look="toast" onClick={() => dismiss(id)} />
      </div>
    </div>
  );
}
