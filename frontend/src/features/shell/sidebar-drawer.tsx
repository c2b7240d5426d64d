'use client';

import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { IconButton } from '@/components/icon-button';
import { useReturnedFocus } from '@/components/kept-focus';
import { Places } from './sidebar';

/** The sidebar's links as a drawer over the list, on a narrow screen. */
export function SidebarDrawer({ onClose }: { onClose: () => void }) {
  useReturnedFocus();
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-40 w-72 overflow-y-auto bg-sunken shadow-pop"
        >
          <Dialog.Title className="sr-only">Views</Dialog.Title>
          <Dialog.Close asChild>
            <IconButton label="Close the menu" icon={X} className="absolute top-2 right-2" />
          </Dialog.Close>
          <Places />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
