'use client';

import {
  cloneElement,
  type ComponentProps,
  type ComponentType,
  lazy,
  type ReactElement,
  Suspense,
  useMemo,
  useState,
} from 'react';

interface PopupProps {
  trigger: ReactElement;
  defaultOpen: boolean;
}

interface Props<P> {
  /** The button, which is there from the start. */
  trigger: ReactElement<ComponentProps<'button'>>;
  kind: 'menu' | 'dialog';
  load: () => Promise<{ default: ComponentType<P & PopupProps> }>;
  /** What the popup is given beside its trigger. */
  props: P;
}

/** A button whose popup is loaded when it is first wanted: the page does not wait for what is not open. */
export function OnDemand<P extends object>({ trigger, kind, load, props }: Props<P>) {
  const [wanted, setWanted] = useState(false);
  const Popup = useMemo(() => lazy(load), [load]) as ComponentType<P & PopupProps>;
  const ahead = () => void load().catch(() => undefined);
  const button = cloneElement(trigger, {
    'aria-haspopup': kind,
    'aria-expanded': false,
    onClick: () => setWanted(true),
    onPointerEnter: ahead,
    onFocus: ahead,
  });
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <Popup {...props} trigger={trigger} defaultOpen />
    </Suspense>
  );
}
