'use client';

import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { Button } from './button';

type Load<P> = () => Promise<ComponentType<P>>;

/**
 * A part of the page that is loaded when it is first shown. When it cannot be, that is said in its place, where it can be
 * tried again: the rest of the page goes on.
 */
export function later<P extends object>(load: Load<P>, waiting: ReactNode = null): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  return function Later(props: P) {
    const [Part, setPart] = useState(() => known);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (Part || failed) return;
      load().then(
        (found) => {
          known = found;
          setPart(() => found);
        },
        () => setFailed(true),
      );
    }, [Part, failed]);
    if (failed) return <NotLoaded onAgain={() => setFailed(false)} />;
    return Part ? <Part {...props} /> : waiting;
  };
}

function NotLoaded({ onAgain }: { onAgain: () => void }) {
  return (
    <p role="alert" className="flex items-center justify-center gap-3 p-3 text-sm">
      This could not be loaded.
      <Button size="small" onClick={onAgain}>
        Try again
      </Button>
    </p>
  );
}
