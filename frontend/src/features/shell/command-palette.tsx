'use client';

import { useIsFetching } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { Dot } from '@/components/dot';
import { Keys } from '@/components/keys';
import { useReturnedFocus } from '@/components/kept-focus';
import { openAssistant } from '@/features/assistant/panel-state';
import { classes } from '@/lib/classes';
import { useDelayed } from '@/lib/delayed';
import { keys } from '@/lib/query-keys';
import { useOverview, useTaskList } from '@/features/tasks/data/queries';
import { useTint } from '@/features/tasks/data/tag-colors';
import { redo, undo } from '@/features/undo/undo';
import { go, openTask } from '@/lib/location';
import { toggleSidebar } from '@/lib/sidebar';
import { toggleTheme } from '@/lib/theme';
import { toggle } from '@/lib/overlays';
import { focusOn } from '@/lib/key-targets';
import { searchPath, VIEWS } from '@/lib/views';

const ITEM = 'data-[selected=true]:bg-hover flex h-9 cursor-pointer items-center gap-3 rounded-md px-2 text-sm';
const GROUP =
  '[&_[cmdk-group-heading]]:text-quiet [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs';
const MOST_TASKS = 8;

interface Entry {
  what: string;
  keys: string;
  run: () => void;
}

const COMMANDS: readonly Entry[] = [
  { what: 'Add a task', keys: 'Q', run: () => setTimeout(() => focusOn('quick-add')) },
  { what: 'Search in this list', keys: '/', run: () => setTimeout(() => focusOn('search')) },
  { what: 'Assistant', keys: 'A', run: () => setTimeout(openAssistant) },
  { what: 'Undo', keys: 'Ctrl Z', run: () => undo() },
  { what: 'Redo', keys: 'Ctrl Shift Z', run: () => redo() },
  { what: 'Hide or show the sidebar', keys: 'B', run: toggleSidebar },
  { what: 'Light or dark', keys: 'Shift D', run: toggleTheme },
  { what: 'Keyboard shortcuts', keys: '?', run: () => toggle('sheet', true) },
  { what: 'Sign out', keys: '', run: () => toggle('signOut', true) },
];

/** Searches views, tags, commands and tasks by a few letters. */
export function CommandPalette() {
  const [text, setText] = useState('');
  const searched = useDelayed(text.trim());
  useReturnedFocus();
  const tags = useOverview().data?.tags ?? [];
  const tintOf = useTint();
  const close = () => toggle('palette', false);
  const pick = (run: () => void) => () => {
    close();
    run();
  };
  return (
    <Command.Dialog
      open
      onOpenChange={close}
      label="Command palette"
      overlayClassName="fixed inset-0 z-40 bg-scrim"
      contentClassName="bg-raised border-edge fixed top-[12vh] left-1/2 z-50 w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-card border shadow-pop"
    >
      <Command.Input
        value={text}
        onValueChange={(typed) => setText(typed.trimStart())}
        placeholder="Go to, do, or find a task"
        className="h-12 w-full border-b border-edge bg-transparent px-4 outline-none placeholder:text-quiet"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto p-2">
        <Command.Empty className="p-4 text-center text-sm text-quiet">
          <Nothing isWaiting={searched !== text.trim()} />
        </Command.Empty>
        <Command.Group heading="Go to" className={GROUP}>
          {VIEWS.filter((view) => view.key).map(({ name, title, icon: Icon, tint, key }) => (
            <Command.Item key={name} value={`go to ${title}`} onSelect={pick(() => go(`/${name}`))} className={ITEM}>
              <Icon aria-hidden className={classes('size-4', tint)} />
              <span className="flex-1">{title}</span>
              <Keys keys={`G ${key.toUpperCase()}`} />
            </Command.Item>
          ))}
          {tags.map(({ name }) => (
            <Command.Item
              key={`#${name}`}
              value={`tag #${name}`}
              onSelect={pick(() => go(`/tag?name=${encodeURIComponent(name)}`))}
              className={ITEM}
            >
              <span className="flex size-4 items-center justify-center">
                <Dot tint={tintOf(name)} />
              </span>
              {name}
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading="Do" className={GROUP}>
          {COMMANDS.map(({ what, keys, run }) => (
            <Command.Item key={what} value={what} onSelect={pick(run)} className={ITEM}>
              <span className="flex-1">{what}</span>
              {keys && <Keys keys={keys} />}
            </Command.Item>
          ))}
        </Command.Group>
        {searched.length > 1 && <FoundTasks text={searched} pick={pick} />}
      </Command.List>
    </Command.Dialog>
  );
}

function Nothing({ isWaiting }: { isWaiting: boolean }) {
  const isFetching = useIsFetching({ queryKey: keys.lists }) > 0;
  return isWaiting || isFetching ? 'Searching …' : 'No results';
}

function FoundTasks({ text, pick }: { text: string; pick: (run: () => void) => () => void }) {
  const found = useTaskList({ status: 'all', sort: 'created_at', priority: [], tags: [], q: text }).data;
  const tasks = found?.pages[0]?.items.slice(0, MOST_TASKS) ?? [];
  return (
    <Command.Group heading="Tasks" className={GROUP}>
      {tasks.map((task) => (
        <Command.Item
          key={task.id}
          value={`${text} ${task.id}`} // the server has matched it: cmdk must not filter it out
          onSelect={pick(() => openTask(task.id))}
          className={ITEM}
        >
          <span className="truncate">{task.title}</span>
        </Command.Item>
      ))}
      {tasks.length > 0 && (
        <Command.Item value={`${text} everywhere`} onSelect={pick(() => go(searchPath(text)))} className={ITEM}>
          <Search aria-hidden className="size-4 text-quiet" />
          <span className="truncate">Search all tasks for “{text}”</span>
        </Command.Item>
      )}
    </Command.Group>
  );
}
