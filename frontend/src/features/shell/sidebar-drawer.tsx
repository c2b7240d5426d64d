'use client';

import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { IconButton } from '@/components/icon-button';
import { useReturnedFocus } from '@/components/kept-focus';
import { toggle } from '@/lib/overlays';
import { Places } from './places';
import { AccountButton, Brand, SearchButton } from './sidebar';

/** The sidebar as a drawer over the list, on a narrow screen. */
export function SidebarDrawer({ onClose }: { onClose: () => void }) {
  useReturnedFocus();
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-40 flex w-72 flex-col bg-sunken shadow-pop"
        >
          <Dialog.Title className="sr-only">Views</Dialog.Title>
          <div className="flex flex-col gap-2 px-3 pt-3">
            <div className="flex items-center">
              <Brand />
              <Dialog.Close asChild>
                <IconButton label="Close the menu" icon={X} className="ml-auto text-quiet" />
              </Dialog.Close>
            </div>
            <SearchButton
              onClick={() => {
                onClose();
                toggle('palette', true);
              }}
            />
          </div>
          <Places />
          <div className="flex p-2 pt-1">
            <AccountButton />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
