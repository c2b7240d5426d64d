'use client';

import {
  CalendarDays,
  CalendarX,
  CircleCheck,
  Flag,
  ListChecks,
  type LucideIcon,
  RotateCcw,
  Sun,
  Sunrise,
  Tag,
  Trash2,
  X,
} from 'lucide-react';
import type { ComponentProps } from 'react';
import { Button } from '@/components/button';
import { Calendar } from '@/components/calendar-lazy';
import { IconButton } from '@/components/icon-button';
import { Menu, MenuItem } from '@/components/menu';
import { Popover } from '@/components/popover';
import type { ListQuery } from '@/features/tasks/data/lists';
import { PRIORITIES } from '@/features/tasks/data/model';
import type { Selection } from '@/features/tasks/data/selection';
import { addDays } from '@/lib/dates';
import { useBulkActions } from './bulk-actions';
import { BulkTags } from './bulk-tags';

/** Actions for all selected tasks. The bar covers the header of the list, so that the list does not move. */
export function BulkBar({ selection, query }: { selection: Selection; query: ListQuery }) {
  const actions = useBulkActions(selection, query);
  const { status } = query;
  return (
    <div
      role="toolbar"
      aria-label="Selected tasks"
      className="absolute inset-x-2 top-0 z-10 mx-auto flex max-w-5xl items-center rounded-card bg-chosen p-1 md:not-sidebar-hidden:top-10"
    >
      <span role="status" className="px-2 text-sm font-medium whitespace-nowrap tabular-nums">
        {selection.count.toLocaleString()} selected
      </span>
      {/* Fades at the end while there is more to scroll to. */}
      <div className="flex min-w-0 flex-1 scroll-fade items-center gap-0.5 overflow-x-auto">
        {selection.allBut?.length !== 0 && <Action icon={ListChecks} label="Select all" onClick={selection.all} />}
        {status === 'deleted' ? (
          <Action icon={RotateCcw} label="Restore" onClick={() => actions.run('restore')} />
        ) : (
          <>
            {status === 'completed' ? (
              <Action icon={RotateCcw} label="Reopen" onClick={() => actions.run('reopen')} />
            ) : (
              <Action icon={CircleCheck} label="Complete" onClick={() => actions.run('complete')} />
            )}
            <Action icon={Sun} label="Today" onClick={() => actions.moveTo(actions.today)} />
            <Action icon={Sunrise} label="Tomorrow" onClick={() => actions.moveTo(addDays(actions.today, 1))} />
            <ToDay today={actions.today} onMove={actions.moveTo} />
            <Action icon={CalendarX} label="No date" onClick={actions.clearDate} />
            <Menu trigger={<Action icon={Flag} label="Priority" />}>
              {PRIORITIES.map((priority) => (
                <MenuItem key={priority} onSelect={() => actions.setPriority(priority)}>
                  {priority}
                </MenuItem>
              ))}
            </Menu>
            <BulkTags
              tasks={selection.tasks}
              onAdd={actions.addTag}
              onRemove={actions.removeTag}
              trigger={<Action icon={Tag} label="Tags" />}
            />
            <Action icon={Trash2} label="Trash" onClick={actions.trash} />
          </>
        )}
      </div>
      <IconButton label="End the selection" icon={X} onClick={selection.clear} />
    </div>
  );
}

function Action({ icon: Icon, label, ...props }: ComponentProps<typeof Button> & { icon: LucideIcon; label: string }) {
  return (
    <Button look="bare" size="small" {...props} className="shrink-0 gap-1.5">
      <Icon aria-hidden className="size-4" /> {label}
    </Button>
  );
}

/** Moves tasks to a day without dragging: a touch drag scrolls the list, and most days are out of view. */
function ToDay({ today, onMove }: { today: string; onMove: (day: string) => void }) {
  return (
    <Popover label="Move to a day" className="w-72" trigger={<Action icon={CalendarDays} label="On a day" />}>
      <Calendar day={null} today={today} onChoose={onMove} />
    </Popover>
  );
}
