'use client';

import type { ReactElement } from 'react';
import { Menu, MenuChoice, MenuLabel } from '@/components/menu';
import { setParameters } from '@/lib/location';
import type { Sort } from '@/lib/views';

const SORTS: readonly (readonly [Sort, string])[] = [
  ['position', 'Manual'],
  ['due_date', 'Due date'],
  ['priority', 'Priority'],
  ['created_at', 'Newest'],
  ['updated_at', 'Last changed'],
  ['title', 'Title'],
];

interface Props {
  trigger: ReactElement;
  defaultOpen: boolean;
  sort: Sort;
  /** The view's default order, which the address omits. */
  usual: Sort | undefined;
}

export default function SortMenu({ trigger, defaultOpen, sort, usual }: Props) {
  return (
    <Menu trigger={trigger} defaultOpen={defaultOpen}>
      <MenuLabel>Sort by</MenuLabel>
      <MenuChoice
        value={sort}
        options={SORTS}
        onChange={(next) => setParameters({ sort: next === usual ? null : next })}
      />
    </Menu>
  );
}
