'use client';

import { ArrowDownUp, ListFilter, Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '@/components/icon-button';
import { OnDemand } from '@/components/on-demand';
import type { View } from '@/lib/views';
import { setParameters } from '@/lib/location';
import type { ListQuery } from '@/features/tasks/data/lists';

const PAUSE_MS = 150;
const loadFilter = () => import('./filter-menu');
const loadSort = () => import('./sort-menu');

interface Props {
  view: View;
  title: string;
  total: number | undefined;
  query: ListQuery;
}

export function ListToolbar({ view, title, total, query }: Props) {
  return (
    <div className="flex items-center gap-1 px-3 pt-3 pb-1">
      <h1 id="view-title" className="truncate text-view font-bold">
        {title}
      </h1>
      {total !== undefined && (
        <span className="ml-1 text-sm text-quiet tabular-nums">
          {total}
          <span className="sr-only">{total === 1 ? ' task' : ' tasks'}</span>
        </span>
      )}
      <SearchBox value={query.q} />
      <Filters view={view} query={query} />
      <OnDemand
        kind="menu"
        load={loadSort}
        props={{ sort: query.sort, usual: view.list?.sort }}
        trigger={<IconButton label="Sort" icon={ArrowDownUp} disabled={query.q !== ''} />}
      />
    </div>
  );
}

/** Searches while the user types; Escape ends the search. */
function SearchBox({ value }: { value: string }) {
  const [text, setText] = useState(value);
  const asked = useRef(value);
  useEffect(() => {
    if (text.trim() === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = text.trim();
      setParameters({ q: asked.current });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setText(value); // something else changed the address
  }, [value]);
  return (
    <div role="search" className="relative ml-auto w-40 min-w-0 sm:w-56">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2 size-4 text-quiet" />
      <input
        id="search"
        type="search"
        aria-label="Search in this list"
        placeholder="Search"
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          setText('');
          event.currentTarget.blur();
        }}
        className="h-8 w-full rounded-md border border-field bg-ground pr-2 pl-8 text-sm placeholder:text-quiet"
      />
    </div>
  );
}

function Filters({ view, query }: { view: View; query: ListQuery }) {
  const tags = view.name === 'tag' ? 0 : query.tags.length;
  const active = query.priority.length + tags + (query.status === 'all' ? 1 : 0);
  const label = active > 0 ? `Filter (${active} active)` : 'Filter';
  return (
    <>
      <OnDemand
        kind="menu"
        load={loadFilter}
        props={{ view, query }}
        trigger={<IconButton label={label} icon={ListFilter} look={active > 0 ? 'plain' : 'bare'} />}
      />
      {active > 0 && (
        <IconButton
          label="Clear the filters"
          icon={X}
          onClick={() => setParameters({ priority: null, tags: null, completed: null })}
        />
      )}
    </>
  );
}
