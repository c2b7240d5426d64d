'use client';

import { Menu, PanelLeft } from 'lucide-react';
import { IconButton } from '@/components/icon-button';
import { AssistantButton } from '@/features/assistant/assistant-button';
import { Bell } from '@/features/notifications/bell';
import { SHOW_ID, toggleSidebar } from '@/lib/sidebar';

interface Props {
  /** Whether there is room for the sidebar on a screen that is not narrow. */
  hasSidebar: boolean;
  onMenu: () => void;
}

/** Takes the place of the sidebar's buttons above the list: on a narrow screen, and while the sidebar is hidden. */
export function Bar({ hasSidebar, onMenu }: Props) {
  return (
    <header className="flex h-11 shrink-0 items-center px-2 text-quiet md:not-sidebar-hidden:hidden">
      <IconButton
        label="Open the menu"
        icon={Menu}
        onClick={onMenu}
        {...(hasSidebar ? { className: 'md:hidden' } : {})}
      />
      {hasSidebar && (
        <IconButton
          id={SHOW_ID}
          label="Show the sidebar"
          title="Show the sidebar (B)"
          icon={PanelLeft}
          onClick={toggleSidebar}
          className="max-md:hidden"
        />
      )}
      <div className="ml-auto flex">
        <AssistantButton />
        <Bell />
      </div>
    </header>
  );
}
