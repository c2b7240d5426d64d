'use client';

import { onlineManager } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Plus } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { Button } from '@/components/button';
import { giveKeys } from '@/components/held-keys';
import { IconButton } from '@/components/icon-button';
import { addOn } from '@/features/quick-add/defaults';
import { shownList } from '@/features/tasks/data/destination';
import { focusList, LIST_ID } from '@/features/tasks/data/focus';
import { dueDay, type Task } from '@/features/tasks/data/model';
import { useHere } from '@/features/tasks/data/moment';
import { movedTo } from '@/features/tasks/data/moves';
import { useChange } from '@/features/tasks/data/mutations';
import { useTasks } from '@/features/tasks/data/provider';
import { useTaskList } from '@/features/tasks/data/queries';
import { weekdayName } from '@/features/tasks/data/labels';
import { useListQuery } from '@/features/tasks/list/list-query';
import { explain } from '@/lib/api/problem';
import { addDays, longDay, wallClock } from '@/lib/dates';
import { focusOn } from '@/lib/key-targets';
import { weekdaysInOrder, weekStart } from '@/lib/region';
import type { View } from '@/lib/views';
import { type Actions, CalendarDay, Tasks } from './calendar-day';
import { dayAfterMonths, dayIn, monthAfter, monthSpan, weeksAround, weeksOf } from './month';

const PHONE = '(max-width: 639.98px)';

/**
 * The tasks of a view in weeks around today, or in a month. A month would show little of what is ahead on its last days.
 * Tasks without a date are in the list only.
 */
export function CalendarView({ view, tag }: { view: View; tag: string | null }) {
  const here = useHere();
  const today = wallClock(here.now, here.zone).day;
  const [chosen, setActive] = useState(today);
  /** The month that is shown, or null for the weeks around today. */
  const [month, setMonth] = useState<string | null>(null);
  const weekdays = weekdaysInOrder();
  const firstDay = weekStart();
  const isPast = ['completed', 'overdue'].includes(view.list?.status ?? '');
  const weeks = useMemo(
    () => (month === null ? weeksAround(today, firstDay, isPast) : weeksOf(month, firstDay)),
    [month, today, firstDay, isPast],
  );
  const [firstShown = today, lastShown = today] = [weeks[0]?.[0], weeks.at(-1)?.at(-1)];
  // The weeks go on with the days, also while the page is open.
  const active = chosen >= firstShown && chosen <= lastShown ? chosen : today;
  const listed = useListQuery(view, tag);
  const query = useMemo(() => {
    const due = { from: firstShown, to: addDays(lastShown, 1) };
    return { ...listed, sort: 'position' as const, q: '', due };
  }, [listed, firstShown, lastShown]);
  const { data, error, isLoading, isError, refetch, hasNextPage, isFetching, fetchNextPage } = useTaskList(query);
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError && onlineManager.isOnline()) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  useEffect(() => {
    if (!isLoading) giveKeys();
  }, [isLoading]);
  useEffect(() => {
    shownList.set(query);
    return () => shownList.set(null);
  }, [query]);
  const byDay = useMemo(() => {
    const found = new Map<string, Task[]>();
    for (const task of data?.pages.flatMap((page) => page.items) ?? []) {
      const day = dueDay(task, here.zone) ?? '';
      const known = found.get(day);
      if (known) known.push(task);
      else found.set(day, [task]);
    }
    return found;
  }, [data, here.zone]);
  const { store } = useTasks();
  const { move } = useChange();

  function moveTo(task: Task, day: string): void {
    if (dueDay(task, here.zone) !== day) void move([task], (one) => movedTo(one, day, here.zone));
  }

  function activate(day: string): void {
    setActive(day);
    if (day < firstShown || day > lastShown) setMonth(day.slice(0, 7));
  }

  function showMonth(shown: string): void {
    setMonth(shown);
    setActive(dayIn(shown, active));
  }

  /** Shows the month before or after; from the weeks around today, the one that goes on where they end. */
  function step(count: -1 | 1): void {
    if (month !== null) showMonth(monthAfter(month, count));
    else showMonth((count > 0 ? addDays(lastShown, 1) : addDays(firstShown, -1)).slice(0, 7));
  }

  function focusDay(day: string): void {
    activate(day);
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-cell="${day}"]`)?.focus());
  }

  function add(day: string): void {
    addOn(day);
    focusOn('quick-add');
  }

  const actions: Actions = {
    keyOf: store.keyOf,
    onMove: (task, days) => {
      const day = addDays(dueDay(task, here.zone) ?? today, days);
      moveTo(task, day);
      activate(day);
      requestAnimationFrame(() => focusList(store.keyOf(task.id)));
    },
    onDrop: (key, day) => {
      const task = store.shown(key);
      if (task) moveTo(task, day);
    },
    onChoose: (day) => {
      setActive(day);
      if (!matchMedia(PHONE).matches) add(day); // on a phone, the tasks of the day are below
    },
    onActivate: setActive,
  };

  function press(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const week = weeks.find((days) => days.includes(active));
    const next = {
      ArrowLeft: addDays(active, -1),
      ArrowRight: addDays(active, 1),
      ArrowUp: addDays(active, -7),
      ArrowDown: addDays(active, 7),
      PageUp: dayAfterMonths(active, -1),
      PageDown: dayAfterMonths(active, 1),
      Home: week?.[0],
      End: week?.at(-1),
    }[event.key];
    const isAdding = event.key === 'Enter' && (event.target as HTMLElement).role === 'gridcell';
    if (next === undefined && !isAdding) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key.startsWith('Page') && next) setMonth(next.slice(0, 7));
    if (next !== undefined) focusDay(next);
    else add(active);
  }

  const title = month === null ? monthSpan(firstShown, lastShown) : monthSpan(`${month}-01`, `${month}-01`);
  return (
    <div
      id={LIST_ID}
      tabIndex={-1}
      className="flex min-h-0 flex-1 flex-col overflow-y-auto px-beside pb-6 outline-none"
    >
      <div className="flex items-center gap-1 pb-2">
        <h2 aria-live="polite" className="mr-auto text-body font-semibold">
          {title}
        </h2>
        <IconButton label="Previous month" icon={ChevronLeft} onClick={() => step(-1)} />
        <Button
          look="bare"
          size="small"
          onClick={() => {
            setMonth(null);
            setActive(today);
          }}
        >
          Today
        </Button>
        <IconButton label="Next month" icon={ChevronRight} onClick={() => step(1)} />
      </div>
      {error && !data && (
        <p role="alert" className="flex items-center gap-3 pb-2 text-sm">
          {explain(error)}
          <Button size="small" onClick={() => void refetch()}>
            Try again
          </Button>
        </p>
      )}
      <div role="grid" aria-label={title} aria-busy={isLoading} onKeyDown={press} className="flex flex-col sm:flex-1">
        <div role="row" className="grid grid-cols-7">
          {weekdays.map((day) => (
            <span
              key={day}
              role="columnheader"
              aria-label={weekdayName(day)}
              className="truncate px-1 pb-1 text-center text-meta text-quiet sm:px-2 sm:text-left"
            >
              {weekdayName(day, 'short')}
            </span>
          ))}
        </div>
        {weeks.map((days) => (
          <div key={days[0]} role="row" className="grid grid-cols-7 sm:flex-1">
            {days.map((day) => (
              <CalendarDay
                key={day}
                day={day}
                tasks={byDay.get(day) ?? []}
                isToday={day === today}
                isOutside={month !== null && !day.startsWith(month)}
                isNamed={day === firstShown || day.endsWith('-01')}
                isActive={day === active}
                actions={actions}
              />
            ))}
          </div>
        ))}
      </div>
      <section aria-label={longDay(active)} className="flex flex-col gap-1.5 pt-4 sm:hidden">
        <div className="flex items-center">
          <h2 className="mr-auto text-body font-semibold">{longDay(active)}</h2>
          <IconButton label={`Add a task on ${longDay(active)}`} icon={Plus} onClick={() => add(active)} />
        </div>
        <Tasks tasks={byDay.get(active) ?? []} reach={0} actions={actions} />
        {!byDay.has(active) && <p className="text-sm text-quiet">Nothing is due on this day.</p>}
      </section>
    </div>
  );
}
