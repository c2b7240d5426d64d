'use client';

import { PanelLeft, Search } from 'lucide-react';
import { IconButton } from '@/components/icon-button';
import { Keys } from '@/components/keys';
import { OnDemand } from '@/components/on-demand';
import { AssistantButton } from '@/features/assistant/assistant-button';
import { Bell } from '@/features/notifications/bell';
import { toggle } from '@/lib/overlays';
import { HIDE_ID, SIDEBAR_ID, toggleSidebar } from '@/lib/sidebar';
import { useUser } from '@/lib/user';
import { Places } from './places';
import { loadPalette } from './shortcuts';

/** Shown beside the list on a wide screen, unless it is hidden. Narrow screens have `sidebar-drawer`. */
export function Sidebar() {
  return (
    <div
      id={SIDEBAR_ID}
      className="hidden w-sidebar shrink-0 flex-col border-r border-edge bg-sunken md:not-sidebar-hidden:flex"
    >
      <header className="flex flex-col gap-2 px-3 pt-3">
        <div className="flex items-center">
          <Brand />
          <IconButton
            id={HIDE_ID}
            label="Hide the sidebar"
            title="Hide the sidebar (B)"
            icon={PanelLeft}
            className="ml-auto text-quiet"
            onClick={toggleSidebar}
          />
        </div>
        <SearchButton onClick={() => toggle('palette', true)} />
      </header>
      <Places />
      <footer className="flex items-center gap-0.5 p-2 pt-1">
        <AccountButton />
        <AssistantButton />
        <Bell />
      </footer>
    </div>
  );
}

export function Brand() {
  return (
    <p className="flex items-center gap-2.5 px-2 font-semibold">
      <svg aria-hidden viewBox="0 0 22 22" className="size-5.5">
        <rect width="22" height="22" rx="7" className="fill-accent" />
        <path d="M6.5 11.5l3 3 6-7" className="fill-none stroke-on-accent stroke-2" strokeLinecap="round" />
      </svg>
      Todo
    </p>
  );
}

/** Opens the command palette, which finds tasks, tags, views and commands. */
export function SearchButton({ onClick }: { onClick: () => void }) {
  const ahead = () => void loadPalette().catch(() => undefined);
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={onClick}
      onPointerEnter={ahead}
      onFocus={ahead}
      className="flex h-9 items-center gap-2 rounded-row border border-edge bg-ground pr-1.5 pl-2.5 text-sm text-quiet hover:bg-hover"
    >
      <Search aria-hidden className="size-4" />
      Search
      <span className="ml-auto max-md:hidden">
        <Keys keys="Ctrl K" />
      </span>
    </button>
  );
}

const loadAccountMenu = () => import('./account-menu');

export function AccountButton() {
  const { name } = useUser();
  const trigger = (
    <button
      type="button"
      className="flex h-9 min-w-0 flex-1 items-center gap-2.5 rounded-row px-2 text-sm text-quiet hover:bg-hover"
    >
      <span
        aria-hidden
        className="flex size-6 shrink-0 items-center justify-center rounded-full bg-upcoming text-xs font-medium text-ground"
      >
        {name.charAt(0).toLocaleUpperCase()}
      </span>
      <span className="truncate">
        <span className="sr-only">Account: </span>
        {name}
      </span>
    </button>
  );
  return <OnDemand kind="menu" load={loadAccountMenu} props={{}} trigger={trigger} />;
}
