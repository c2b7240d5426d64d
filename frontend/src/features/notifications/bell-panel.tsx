'use client';

import { type ReactElement, useRef, useState } from 'react';
import { Button } from '@/components/button';
import { Failure } from '@/components/failure';
import { Popover } from '@/components/popover';
import { useHere } from '@/features/tasks/data/moment';
import { classes } from '@/lib/classes';
import { momentLabel } from '@/lib/dates';
import { openTask } from '@/lib/location';
import { DeliveryList, useSentSoon } from './delivery-list';
import { type Notification, useMarkRead, useNotifications } from './queries';
import { Snooze } from './snooze';
import { Snoozed } from './snoozed';
import { ago, bodyOf } from './words';

interface Props {
  trigger: ReactElement;
  defaultOpen: boolean;
  unread: number;
}

/** The notifications, newest first. */
export default function BellPanel({ trigger, defaultOpen, unread }: Props) {
  const [open, setOpen] = useState(defaultOpen);
  const { data, error, refetch, hasNextPage, fetchNextPage } = useNotifications();
  const markRead = useMarkRead();
  const heading = useRef<HTMLHeadingElement>(null);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  useSentSoon(open ? items.flatMap((item) => item.deliveries) : [], refetch);
  return (
    <Popover trigger={trigger} label="Notifications" open={open} onOpenChange={setOpen}>
      <div className="-m-3 flex max-h-[70vh] w-[min(24rem,calc(100vw-1rem))] flex-col">
        <div className="flex items-center border-b border-edge p-2 pl-3">
          <h2 ref={heading} tabIndex={-1} className="text-sm font-semibold">
            Notifications
          </h2>
          <Button
            look="bare"
            size="small"
            disabled={unread === 0}
            onClick={() => markRead.mutate(null)}
            className="ml-auto"
          >
            Mark all read
          </Button>
        </div>
        {error && <Failure error={error} onAgain={() => void refetch()} />}
        {markRead.error && <Failure error={markRead.error} onAgain={() => markRead.mutate(markRead.variables)} />}
        <Snoozed onOpen={() => setOpen(false)} onCancelled={() => heading.current?.focus()} />
        <ul className="overflow-y-auto">
          {items.map((item) => (
            <Item
              key={item.id}
              item={item}
              onOpen={() => {
                if (!item.read) markRead.mutate(item.id);
                if (item.task_id !== null) openTask(item.task_id);
                setOpen(false);
              }}
              onRead={() => markRead.mutate(item.id)}
            />
          ))}
        </ul>
        {items.length === 0 && !error && (
          <p className="p-6 text-center text-sm text-quiet">Nothing yet. Reminders of tasks come here.</p>
        )}
        {hasNextPage && (
          <Button look="bare" size="small" onClick={() => void fetchNextPage()} className="m-2">
            Earlier
          </Button>
        )}
      </div>
    </Popover>
  );
}

function Item({ item, onOpen, onRead }: { item: Notification; onOpen: () => void; onRead: () => void }) {
  const here = useHere();
  const [snoozing, setSnoozing] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const body = bodyOf(item, here);
  const created = new Date(item.created_at);
  return (
    <li className={classes('flex flex-col gap-1 border-b border-edge px-3 py-2', !item.read && 'bg-chosen')}>
      <button type="button" onClick={onOpen} className="min-w-0 text-left">
        <span className="flex items-baseline gap-3">
          <span className="min-w-0 flex-1 truncate text-sm font-medium">
            {!item.read && <span className="sr-only">Unread: </span>}
            {item.title}
          </span>
          <time dateTime={item.created_at} title={momentLabel(created, here.zone)} className="text-xs text-quiet">
            {ago(created, here.now)}
          </time>
        </span>
        {body && <span className="block text-sm break-words text-quiet">{body}</span>}
      </button>
      <div className="-ml-2 flex gap-1 empty:hidden">
        {item.type === 'reminder' && item.task_id !== null && (
          <Button
            ref={toggle}
            look="link"
            size="small"
            aria-expanded={snoozing}
            aria-label={`Snooze “${item.title}”`}
            onClick={() => setSnoozing(!snoozing)}
          >
            Snooze
          </Button>
        )}
        {!item.read && (
          <Button look="link" size="small" onClick={onRead} aria-label={`Mark “${item.title}” as read`}>
            Read
          </Button>
        )}
      </div>
      <DeliveryList deliveries={item.deliveries} />
      {snoozing && item.task_id !== null && (
        <Snooze
          taskId={item.task_id}
          title={item.title}
          onDone={() => {
            toggle.current?.focus();
            setSnoozing(false);
            if (!item.read) onRead();
          }}
        />
      )}
    </li>
  );
}
