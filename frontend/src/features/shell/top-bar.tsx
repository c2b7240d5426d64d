'use client';

import { CircleHelp, CircleUser, Command, Menu } from 'lucide-react';
import { IconButton } from '@/components/icon-button';
import { OnDemand } from '@/components/on-demand';
import { AssistantButton } from '@/features/assistant/assistant-button';
import { Bell } from '@/features/notifications/bell';
import { QuickAdd } from '@/features/quick-add/quick-add';
import { toggle } from '@/lib/overlays';

const loadAccountMenu = () => import('./account-menu');

export function TopBar({ onMenu }: { onMenu: () => void }) {
  return (
    <header className="flex items-start gap-1 border-b border-edge p-2">
      <div className="mt-0.5 md:hidden">
        <IconButton label="Open the menu" icon={Menu} onClick={onMenu} />
      </div>
      <QuickAdd />
      <div className="mt-0.5 flex items-center gap-1">
        <div className="hidden gap-1 sm:flex">
          <IconButton label="Command palette (Ctrl+K)" icon={Command} onClick={() => toggle('palette')} />
          <IconButton label="Keyboard shortcuts (?)" icon={CircleHelp} onClick={() => toggle('sheet')} />
        </div>
        <AssistantButton />
        <Bell />
        <OnDemand
          kind="menu"
          load={loadAccountMenu}
          props={{}}
          trigger={<IconButton label="Account" icon={CircleUser} />}
        />
      </div>
    </header>
  );
}
