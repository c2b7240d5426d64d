'use client';

import { ViewLink } from '@/components/view-link';
import { useOverview } from '@/features/tasks/data/queries';
import { isSameTag } from '@/features/tasks/data/tags';
import { classes } from '@/lib/classes';
import { useParameters, useViewName } from '@/lib/location';
import { VIEWS } from '@/lib/views';

/** Shown beside the list on a wide screen. Narrow screens have `sidebar-drawer`. */
export function Sidebar() {
  return (
    <div className="hidden w-60 shrink-0 flex-col overflow-y-auto border-r border-edge bg-sunken md:flex">
      <Places />
    </div>
  );
}

const PLACE = 'hover:bg-hover flex h-9 items-center gap-3 rounded-md px-2 text-sm';
const HERE = 'bg-chosen font-medium';

export function Places() {
  const here = useViewName();
  const tag = useParameters().get('name');
  const { data } = useOverview();
  const counts: Record<string, number | undefined> = {
    today: data?.due,
    upcoming: data?.dated,
    overdue: data?.overdue,
    all: data?.open,
  };
  return (
    <nav aria-label="Views" className="flex flex-col gap-0.5 p-3">
      <p className="px-2 pt-1 pb-3 text-base font-semibold">Todo</p>
      {VIEWS.filter((view) => view.key).map(({ name, title, icon: Icon }) => (
        <ViewLink
          key={name}
          href={`/${name}`}
          className={classes(PLACE, here === name && HERE)}
          {...(here === name ? { 'aria-current': 'page' } : {})}
        >
          <Icon aria-hidden className="size-4 text-quiet" />
          {title}
          <Count number={counts[name]} alarming={name === 'overdue'} />
        </ViewLink>
      ))}
      {data && data.tags.length > 0 && <h2 className="px-2 pt-4 pb-1 text-xs font-medium text-quiet">Tags</h2>}
      {data?.tags.map(({ name, open }) => {
        const chosen = here === 'tag' && tag !== null && isSameTag(tag, name);
        return (
          <ViewLink
            key={name}
            href={`/tag?name=${encodeURIComponent(name)}`}
            className={classes(PLACE, chosen && HERE)}
            {...(chosen ? { 'aria-current': 'page' } : {})}
          >
            <span aria-hidden className="w-4 text-center text-quiet">
              #
            </span>
            <span className="truncate">{name}</span>
            <Count number={open} />
          </ViewLink>
        );
      })}
    </nav>
  );
}

function Count({ number, alarming = false }: { number: number | undefined; alarming?: boolean }) {
  if (!number) return null;
  return (
    <span className={classes('ml-auto text-xs tabular-nums', alarming ? 'text-danger' : 'text-quiet')}>{number}</span>
  );
}
