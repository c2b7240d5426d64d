'use client';

import { Menu, PanelLeft } from 'lucide-react';
import { IconButton } from '@/components/icon-button';
import { AssistantButton } from '@/features/assistant/assistant-button';
import { Bell } from '@/features/notifications/bell';
import { SHOW_ID, toggleSidebar } from '@/lib/sidebar';

/** Takes the place of the sidebar's buttons above the list: on a narrow screen, and while the sidebar is hidden. */
export function Bar({ onMenu }: { onMenu: () => void }) {
  return (
    <header className="flex h-11 shrink-0 items-center px-2 text-quiet md:not-sidebar-hidden:hidden">
      <IconButton label="Open the menu" icon={Menu} onClick={onMenu} className="md:hidden" />
      <IconButton
        id={SHOW_ID}
        label="Show the sidebar"
        title="Show the sidebar (B)"
        icon={PanelLeft}
        onClick={toggleSidebar}
        className="max-md:hidden"
      />
      <div className="ml-auto flex">
        <AssistantButton />
        <Bell />
      </div>
    </header>
  );
}
