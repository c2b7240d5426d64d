'use client';

import { Bell as BellIcon } from 'lucide-react';
import { Button } from '@/components/button';
import { OnDemand } from '@/components/on-demand';
import { useNotifications } from './queries';

const loadPanel = () => import('./bell-panel');
const MOST_SHOWN = 99;

/** The bell with the unread count. The panel with the notifications is loaded on demand. */
export function Bell() {
  const unread = useNotifications().data?.pages[0]?.unread_count ?? 0;
  const label = unread > 0 ? `Notifications, ${unread} unread` : 'Notifications';
  const trigger = (
    <Button look="bare" size="icon" aria-label={label} title={label} className="relative">
      <BellIcon aria-hidden className="size-4" />
      {unread > 0 && (
        <span
          aria-hidden
          className="absolute top-0 right-0 min-w-4 rounded-full bg-danger px-1 text-center text-[10px] leading-4 font-semibold text-ground"
        >
          {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
        </span>
      )}
    </Button>
  );
  return <OnDemand kind="dialog" load={loadPanel} props={{ unread }} trigger={trigger} />;
}
