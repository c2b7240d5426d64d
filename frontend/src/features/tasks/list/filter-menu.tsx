'use client';

import type { ReactElement } from 'react';
import { Menu, MenuCheck, MenuChoice, MenuLabel, MenuLine } from '@/components/menu';
import type { Status, View } from '@/lib/views';
import { STATUS_LABELS } from './list-query';
import { setParameters } from '@/lib/location';
import type { ListQuery } from '@/features/tasks/data/lists';
import { PRIORITIES } from '@/features/tasks/data/model';
import { useOverview } from '@/features/tasks/data/queries';
import { hasTag, isSameTag } from '@/features/tasks/data/tags';

const MOST_TAGS = 12;

interface Props {
  trigger: ReactElement;
  defaultOpen: boolean;
  view: View;
  query: ListQuery;
}

export default function FilterMenu({ trigger, defaultOpen, view, query }: Props) {
  const known = useOverviewTags();
  const tags = view.name === 'tag' ? [] : known;
  return (
    <Menu trigger={trigger} defaultOpen={defaultOpen}>
      {view.name === 'search' && (
        <>
          <MenuLabel>Tasks</MenuLabel>
          <MenuChoice
            value={query.status}
            options={Object.entries(STATUS_LABELS) as [Status, string][]}
            onChange={(status) => setParameters({ status: status === 'all' ? null : status })}
          />
          <MenuLine />
        </>
      )}
      <MenuLabel>Priority</MenuLabel>
      {PRIORITIES.map((priority) => (
        <MenuCheck
          key={priority}
          checked={query.priority.includes(priority)}
          onChange={(on) => setParameters({ priority: toggled(query.priority, priority, on) })}
        >
          {priority}
        </MenuCheck>
      ))}
      {tags.length > 0 && <MenuLabel>Tags</MenuLabel>}
      {tags.map((tag) => (
        <MenuCheck
          key={tag}
          checked={hasTag(query.tags, tag)}
          onChange={(on) =>
            setParameters({ tags: on ? [...query.tags, tag] : query.tags.filter((one) => !isSameTag(one, tag)) })
          }
        >
          #{tag}
        </MenuCheck>
      ))}
      {view.list?.status === 'pending' && (
        <>
          <MenuLine />
          <MenuCheck checked={query.status === 'all'} onChange={(on) => setParameters({ completed: on ? '1' : null })}>
            Completed, too
          </MenuCheck>
        </>
      )}
    </Menu>
  );
}

function useOverviewTags(): string[] {
  return (
    useOverview()
      .data?.tags.slice(0, MOST_TAGS)
      .map((tag) => tag.name) ?? []
  );
}

function toggled<T extends string>(values: T[], value: T, on: boolean): T[] {
  return on ? [...values, value] : values.filter((one) => one !== value);
}
