'use client';

import { ArrowDownUp, CalendarDays, ListFilter, Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '@/components/icon-button';
import { later } from '@/components/later';
import { OnDemand } from '@/components/on-demand';
import { ViewHeader } from '@/components/view-header';
import { useTaskList } from '@/features/tasks/data/queries';
import { useListQuery } from './list-query';
import type { View } from '@/lib/views';
import { useHere } from '@/features/tasks/data/moment';
import { headerDay, wallClock } from '@/lib/dates';
import { toggleCalendar, useIsCalendar } from '@/lib/calendars';
import { useIsAlive } from '@/lib/alive';
import { setParameters } from '@/lib/location';
import type { ListQuery } from '@/features/tasks/data/lists';

const PAUSE_MS = 150;
const EmptyTrash = later(() => import('./empty-trash').then((found) => found.EmptyTrash));
const FilterChips = later(() => import('./filter-chips').then((found) => found.FilterChips));
const loadFilter = () => import('./filter-menu');
const loadSort = () => import('./sort-menu');

interface Props {
  view: View;
  title: string;
  tag: string | null;
}

/** The header of a list: its title and number of tasks, search, filters and order. */
export function ListHeader({ view, title, tag }: Props) {
  const query = useListQuery(view, tag);
  const isCalendar = useIsCalendar(view.name) && query.q === '';
  const total = useTaskList(query).data?.pages[0]?.total;
  const isFiltered = query.q !== '' || filtersIn(view, query) > 0;
  // Once there, they stay: the focus is theirs when the last one is removed.
  const [hadFilters, setHadFilters] = useState(isFiltered);
  if (isFiltered && !hadFilters) setHadFilters(true);
  return (
    <>
      <ViewHeader
        title={title}
        beside={
          <>
            {view.name === 'today' && <TodaysDate />}
            {total !== undefined && <Total number={total} isQuiet={view.name === 'today'} />}
          </>
        }
      >
        {view.name === 'trash' && <EmptyTrash />}
        <SearchBox value={query.q} />
        {view.list?.status !== 'deleted' && (
          <IconButton
            label="Calendar"
            icon={CalendarDays}
            aria-pressed={isCalendar}
            look={isCalendar ? 'plain' : 'bare'}
            disabled={query.q !== ''}
            onClick={() => toggleCalendar(view.name)}
          />
        )}
        <Filters view={view} query={query} />
        <OnDemand
          kind="menu"
          load={loadSort}
          props={{ sort: query.sort, usual: view.list?.sort }}
          trigger={<IconButton label="Sort" icon={ArrowDownUp} disabled={query.q !== '' || isCalendar} />}
        />
      </ViewHeader>
      {hadFilters && <FilterChips view={view} title={title} query={query} />}
    </>
  );
}

/** Only in the browser: the server does not know its time zone and locale. */
function TodaysDate() {
  const { now, zone } = useHere();
  if (!useIsAlive()) return null;
  return <span className="truncate text-body text-quiet">{headerDay(wallClock(now, zone).day)}</span>;
}

/** The number of tasks. Where a date stands beside the title, only screen readers read it. */
function Total({ number, isQuiet }: { number: number; isQuiet: boolean }) {
  return (
    <span className={isQuiet ? 'sr-only' : 'text-body text-quiet tabular-nums'}>
      {number}
      <span className="sr-only">{number === 1 ? ' task' : ' tasks'}</span>
    </span>
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
    <div role="search" className="relative">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2 size-4" />
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
          document.getElementById('main')?.focus();
        }}
        className="h-8 w-8 cursor-pointer rounded-row bg-transparent pl-8 text-sm text-text transition-[width] duration-(--motion-slide) not-placeholder-shown:w-48 not-placeholder-shown:bg-hover not-placeholder-shown:pr-2 placeholder:text-quiet hover:bg-hover focus:w-48 focus:cursor-text focus:bg-hover focus:pr-2 max-sm:not-placeholder-shown:w-36 max-sm:focus:w-36"
      />
    </div>
  );
}

function filtersIn(view: View, query: ListQuery): number {
  const tags = view.name === 'tag' ? 0 : query.tags.length;
  return query.priority.length + tags + (query.status === view.list?.status ? 0 : 1);
}

function Filters({ view, query }: { view: View; query: ListQuery }) {
  const active = filtersIn(view, query);
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
          onClick={() => setParameters({ priority: null, tags: null, completed: null, status: null })}
        />
      )}
    </>
  );
}
