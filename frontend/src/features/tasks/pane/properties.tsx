'use client';

import { Plus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useKeptFocus } from '@/components/kept-focus';
import { Menu, MenuItem } from '@/components/menu';
import { useExternal } from '@/lib/external';
import { openEditor, type Property } from '@/features/tasks/data/focus';
import type { Task } from '@/features/tasks/data/model';
import { useTasks } from '@/features/tasks/data/provider';
import { PropertyButton } from './property';
import { has, NAMES, PropertyRow } from './property-row';

const ORDER = Object.keys(NAMES) as Property[];

/** What a task has besides its texts: a row for each property, and one to add those that it does not have. */
export function Properties({ task, disabled }: { task: Task; disabled: boolean }) {
  const { keyOf } = useTasks().store;
  const list = useRef<HTMLDivElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const toAdd = useRef<Property | null>(null);
  const key = keyOf(task.id);
  const editor = useExternal(openEditor);
  const open = !disabled && editor && keyOf(editor.id) === key ? editor.property : null;
  const setOpen = (property: Property | null) => openEditor.set(property && { id: task.id, property });
  useEffect(() => () => openEditor.set((one) => (one && keyOf(one.id) === key ? null : one)), [key, keyOf]);
  // Without its property a row is removed, and loses the focus.
  const kept = useKeptFocus(list, () => add.current?.focus());
  const shown = ORDER.filter((property) => property === open || has(task, property));
  const missing = ORDER.filter((property) => !has(task, property));
  return (
    <div ref={list} className="flex flex-col" {...kept}>
      {shown.map((property) => (
        <PropertyRow
          key={property}
          property={property}
          task={task}
          disabled={disabled}
          open={property === open}
          onOpenChange={(isOpen) => setOpen(isOpen ? property : null)}
          onClosed={(event) => {
            if (has(task, property)) return;
            event.preventDefault(); // its row is gone
            add.current?.focus();
          }}
        />
      ))}
      {missing.length > 0 && !disabled && (
        <Menu
          align="start"
          onClosed={(event) => {
            // Only now: the closing menu takes the focus, which would close what opens beside it.
            if (toAdd.current === null) return;
            event.preventDefault();
            setOpen(toAdd.current);
            toAdd.current = null;
          }}
          trigger={
            <PropertyButton ref={add} icon={Plus} className="text-quiet">
              Add…
            </PropertyButton>
          }
        >
          {missing.map((property) => {
            const [name, Icon] = NAMES[property];
            return (
              <MenuItem key={property} onSelect={() => (toAdd.current = property)}>
                <Icon aria-hidden className="size-4 text-quiet" />
                {name}
              </MenuItem>
            );
          })}
        </Menu>
      )}
    </div>
  );
}
