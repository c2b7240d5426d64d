'use client';

import { type ComponentType, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Button } from './button';
import { holdKeys } from './held-keys';

type Load<P> = () => Promise<ComponentType<P>>;

/**
 * A part of the page that is loaded when it is first shown. When it cannot be, that is said in its place, where it can be
 * tried again: the rest of the page goes on.
 */
export function later<P extends object>(load: Load<P>, waiting: ReactNode = null): ComponentType<P> {
  const useLoaded = loader(load);
  return function Later(props: P) {
    const { Part, failed, retry } = useLoaded();
    if (failed) return <NotLoaded onAgain={retry} />;
    return Part ? <Part {...props} /> : waiting;
  };
}

/** A part that takes the focus when it is there: what is typed until then is for it, and Escape cancels it. */
export function laterOverlay<P extends object>(load: Load<P>, cancel: (props: P) => void): ComponentType<P> {
  const useLoaded = loader(load);
  return function LaterOverlay(props: P) {
    const { Part, failed, retry } = useLoaded();
    const [wasLoaded] = useState(Part !== null);
    const latest = useRef(props);
    useLayoutEffect(() => {
      latest.current = props;
    });
    // Ends by itself when the part has the focus; here when the part cannot be loaded, or is no longer wanted.
    useLayoutEffect(
      () => (failed || wasLoaded ? undefined : holdKeys(() => cancel(latest.current))),
      [failed, wasLoaded],
    );
    if (failed) return <NotLoaded onAgain={retry} />;
    return Part ? <Part {...props} /> : <Loading />;
  };
}

function loader<P>(load: Load<P>) {
  let known: ComponentType<P> | null = null;
  return function useLoaded() {
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
    return { Part, failed, retry: () => setFailed(false) };
  };
}

/** Shown when it takes longer than one notices. */
function Loading() {
  return (
    <p
      role="status"
      className="pointer-events-none fixed inset-x-0 top-16 z-50 mx-auto w-fit animate-appear rounded-lg border border-edge bg-raised px-3 py-1.5 text-sm shadow-lg"
    >
      Loading … Esc cancels.
    </p>
  );
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
