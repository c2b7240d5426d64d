'use client';

import { ViewLink } from '@/components/view-link';
import { useOverview } from '@/features/tasks/data/queries';
import { foldedTag, isSameTag } from '@/features/tasks/data/tags';
import { classes } from '@/lib/classes';
import { useParameters, useViewName } from '@/lib/location';
import { type View, VIEWS } from '@/lib/views';
import { TagPlace } from './tag-place';

const PLACE = 'hover:bg-hover flex h-9 shrink-0 items-center gap-3 rounded-row px-2 text-sm';
const HERE = 'bg-chosen font-medium';
const LISTED = VIEWS.filter((view) => view.key);
const RARE = ['trash', 'activity', 'settings'];
const MAIN_PLACES = LISTED.filter(({ name }) => !RARE.includes(name));
const RARE_PLACES = LISTED.filter(({ name }) => RARE.includes(name));

/** The links of the sidebar: views and tags with their numbers, and at its foot the views that one rarely needs. */
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
  const place = ({ name, title, icon: Icon, tint }: View) => (
    <ViewLink
      key={name}
      href={`/${name}`}
      className={classes(PLACE, here === name && HERE)}
      {...(here === name ? { 'aria-current': 'page' } : {})}
    >
      <Icon aria-hidden className={classes('size-4', tint)} />
      {title}
      <Count number={counts[name]} />
    </ViewLink>
  );
  return (
    <nav aria-label="Views" className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto p-3">
        {MAIN_PLACES.map(place)}
        {data && data.tags.length > 0 && <h2 className="px-2 pt-4 pb-1 text-xs font-medium text-quiet">Tags</h2>}
        {data?.tags.map(({ name, open }) => {
          const isHere = here === 'tag' && tag !== null && isSameTag(tag, name);
          return (
            <TagPlace
              key={foldedTag(name)}
              name={name}
              open={open}
              isHere={isHere}
              className={classes(PLACE, isHere && HERE)}
            />
          );
        })}
      </div>
      <div className="flex flex-col gap-0.5 px-3 pt-1">{RARE_PLACES.map(place)}</div>
    </nav>
  );
}

function Count({ number }: { number: number | undefined }) {
  if (!number) return null;
  return <span className="ml-auto text-xs font-normal text-quiet tabular-nums">{number}</span>;
}
