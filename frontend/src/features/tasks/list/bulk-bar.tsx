'use client';

import { CalendarDays, CircleCheck, Flag, RotateCcw, Sun, Sunrise, Trash2, X } from 'lucide-react';
import { Button } from '@/components/button';
import { IconButton } from '@/components/icon-button';
import { Input } from '@/components/field';
import { Menu, MenuItem } from '@/components/menu';
import { Popover } from '@/components/popover';
import type { View } from '@/lib/views';
import { useChange } from '@/features/tasks/data/mutations';
import { focusList } from '@/features/tasks/data/focus';
import { PRIORITIES } from '@/features/tasks/data/model';
import { useZone } from '@/lib/account';
import { movedBy, movedTo } from '@/features/tasks/data/moves';
import type { Selection } from '@/features/tasks/data/selection';

/** Actions for all selected tasks. The bar covers the header of the list, so that the list does not move. */
export function BulkBar({ selection, view }: { selection: Selection; view: View }) {
  const { act, editAll, move, trash } = useChange();
  const zone = useZone();
  const ids = selection.tasks.map((task) => task.id);
  const finish = (run: () => void) => () => {
    run();
    selection.clear();
    focusList(selection.active);
  };
  const status = view.list?.status;
  return (
    <div
      role="toolbar"
      aria-label="Selected tasks"
      className="absolute inset-x-2 top-0 z-10 mx-auto flex max-w-3xl items-center gap-1 overflow-x-auto rounded-card bg-chosen p-1 md:not-sidebar-hidden:top-10"
    >
      <span role="status" className="px-2 text-sm font-medium whitespace-nowrap">
        {ids.length} selected
      </span>
      {status === 'deleted' ? (
        <Button look="bare" size="small" onClick={finish(() => act('restore', ids))}>
          <RotateCcw aria-hidden className="size-4" /> Restore
        </Button>
      ) : (
        <>
          <Button
            look="bare"
            size="small"
            onClick={finish(() => act(status === 'completed' ? 'reopen' : 'complete', ids))}
          >
            <CircleCheck aria-hidden className="size-4" /> {status === 'completed' ? 'Reopen' : 'Complete'}
          </Button>
          <Button
            look="bare"
            size="small"
            onClick={finish(() => void move(selection.tasks, (task) => movedBy(task, 0, zone)))}
          >
            <Sun aria-hidden className="size-4" /> Today
          </Button>
          <Button
            look="bare"
            size="small"
            onClick={finish(() => void move(selection.tasks, (task) => movedBy(task, 1, zone)))}
          >
            <Sunrise aria-hidden className="size-4" /> Tomorrow
          </Button>
          <ToDay onMove={(day) => finish(() => void move(selection.tasks, (task) => movedTo(task, day, zone)))()} />
          <Menu
            trigger={
              <Button look="bare" size="small">
                <Flag aria-hidden className="size-4" /> Priority
              </Button>
            }
          >
            {PRIORITIES.map((priority) => (
              <MenuItem key={priority} onSelect={finish(() => editAll(selection.tasks, () => ({ priority })))}>
                {priority}
              </MenuItem>
            ))}
          </Menu>
          <Button look="bare" size="small" onClick={finish(() => void trash(selection.tasks))}>
            <Trash2 aria-hidden className="size-4" /> Trash
          </Button>
        </>
      )}
      <IconButton label="End the selection" icon={X} onClick={selection.clear} className="ml-auto" />
    </div>
  );
}

/** Moves tasks to a day without dragging: a touch drag scrolls the list, and most days are out of view. */
function ToDay({ onMove }: { onMove: (day: string) => void }) {
  return (
    <Popover
      label="Move to a day"
      trigger={
        <Button look="bare" size="small">
          <CalendarDays aria-hidden className="size-4" /> On a day
        </Button>
      }
    >
      <form
        className="flex items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          const { day = '' } = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
          onMove(day);
        }}
      >
        <Input type="date" name="day" aria-label="Day" max="2199-12-31" required className="w-40" />
        <Button type="submit" look="main">
          Move
        </Button>
      </form>
    </Popover>
  );
}
