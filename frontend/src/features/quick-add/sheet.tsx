'use client';

import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import { IconButton } from '@/components/icon-button';
import { useReturnedFocus } from '@/components/kept-focus';
import { focusOn, isComposing } from '@/lib/key-targets';
import { openAdding } from '@/lib/location';
import { QuickAddForm } from './form';

/** Quick-add over the view: on a phone above its keyboard. What is typed stays when the sheet is closed. */
export function QuickAddSheet() {
  useReturnedFocus();
  const close = () => openAdding(false);
  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            focusOn('quick-add');
          }}
          onEscapeKeyDown={(event) => isComposing(event) && event.preventDefault()}
          style={{ bottom: useKeyboardHeight() }}
          className="fixed inset-x-0 z-30 max-h-[70dvh] overflow-y-auto rounded-t-card border-t border-edge bg-sunken p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] shadow-pop md:top-[12vh] md:mx-auto md:h-fit md:max-w-column md:rounded-card md:border"
        >
          <div className="mb-2 flex items-center pl-1">
            <Dialog.Title className="text-meta font-medium text-quiet">New task</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close" icon={X} className="ml-auto text-quiet" />
            </Dialog.Close>
          </div>
          <QuickAddForm onLeave={close} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Returns how much of the page a keyboard covers: a phone moves what is fixed to the bottom under it. */
function useKeyboardHeight(): number {
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const view = window.visualViewport;
    if (!view) return;
    const measure = () => setHeight(Math.max(0, window.innerHeight - view.height - view.offsetTop));
    measure();
    view.addEventListener('resize', measure);
    view.addEventListener('scroll', measure);
    return () => {
      view.removeEventListener('resize', measure);
      view.removeEventListener('scroll', measure);
    };
  }, []);
  return height;
}
