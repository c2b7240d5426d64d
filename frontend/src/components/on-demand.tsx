'use client';

import { cloneElement, type ComponentProps, type ComponentType, type ReactElement, useState } from 'react';
import { holdKeys } from './held-keys';
import { tellFailure } from './toasts';

interface PopupProps {
  trigger: ReactElement;
  defaultOpen: boolean;
}

interface Props<P> {
  /** The button, which is not loaded on demand. */
  trigger: ReactElement<ComponentProps<'button'>>;
  kind: 'menu' | 'dialog';
  load: () => Promise<{ default: ComponentType<P & PopupProps> }>;
  /** Props of the popup other than PopupProps. */
  props: P;
}

/** A button whose popup is loaded on the first hover, focus or click, so that the page loads without it. */
export function OnDemand<P extends object>({ trigger, kind, load, props }: Props<P>) {
  const [Popup, setPopup] = useState<ComponentType<P & PopupProps> | null>(null);
  const ahead = () => void load().catch(() => undefined);

  function open(): void {
    let wanted = true;
    const release = holdKeys(() => (wanted = false));
    load().then(
      (found) => {
        if (wanted) setPopup(() => found.default);
      },
      () => {
        release();
        if (wanted) tellFailure('This could not be loaded.', { label: 'Try again', run: open });
      },
    );
  }

  if (Popup) return <Popup {...props} trigger={trigger} defaultOpen />;
  return cloneElement(trigger, {
    'aria-haspopup': kind,
    'aria-expanded': false,
    onClick: open,
    onPointerEnter: ahead,
    onFocus: ahead,
  });
}
