'use client';

import { type ComponentType, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Button } from './button';
import { holdKeys } from './held-keys';

type Load<P> = () => Promise<ComponentType<P>>;

/**
 * Returns a component that is loaded when it is first shown. If loading fails, an error with a button to try again
 * stands in its place, and the rest of the page keeps working.
 */
export function later<P extends object>(load: Load<P>, waiting: ReactNode = null): ComponentType<P> {
  const useLoaded = loader(load);
  return function Later(props: P) {
    const { Part, failed, retry } = useLoaded();
    if (failed) return <NotLoaded onAgain={retry} />;
    return Part ? <Part {...props} /> : waiting;
  };
}

/** Like `later`, for an overlay that takes the focus. Keys typed until then are replayed to it; Escape cancels it. */
export function laterOverlay<P extends object>(load: Load<P>, cancel: (props: P) => void): ComponentType<P> {
  const useLoaded = loader(load);
  return function LaterOverlay(props: P) {
    const { Part, failed, retry } = useLoaded();
    const [wasLoaded] = useState(Part !== null);
    const latest = useRef(props);
    useLayoutEffect(() => {
      latest.current = props;
    });
    // Buffering ends by itself when the overlay has the focus. The cleanup ends it if loading fails or on unmount.
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

/** Fades in after a delay, so that it does not flash while a fast load is in progress. */
function Loading() {
  return (
    <p
      role="status"
      className="pointer-events-none fixed inset-x-0 top-16 z-50 mx-auto w-fit animate-appear rounded-lg border border-edge bg-raised px-3 py-1.5 text-sm shadow-pop"
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
