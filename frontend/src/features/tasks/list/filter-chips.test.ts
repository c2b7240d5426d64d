import { beforeEach, expect, it } from 'vitest';
import type { ListQuery } from '@/features/tasks/data/lists';
import { viewNamed } from '@/lib/views';
import { filtersOf } from './filter-chips';

const QUERY: ListQuery = { status: 'pending', sort: 'created_at', priority: [], tags: [], q: '' };

function chips(name: string, query: Partial<ListQuery>) {
  const view = viewNamed(name);
  if (!view?.list) throw new Error(`${name} has no list`);
  return filtersOf(view, view.title, { ...QUERY, status: view.list.status, ...query });
}

beforeEach(() => window.history.replaceState(null, '', '/all'));

it('shows every filter of a view, and none for what the view itself is', () => {
  expect(chips('all', {})).toEqual([]);
  const all = chips('all', { status: 'all', priority: ['High', 'Low'], tags: ['work'], q: 'milk' });
  expect(all.map(({ label }) => label)).toEqual([
    'In All',
    'With completed tasks',
    'High priority',
    'Low priority',
    '#work',
  ]);
  expect(chips('tag', { tags: ['work'] })).toEqual([]);
  expect(chips('search', { status: 'completed', q: 'milk' }).map(({ label }) => label)).toEqual(['Completed']);
});

it('removes the filter of a chip, and no other', () => {
  window.history.replaceState(null, '', '/all?priority=High&priority=Low&tags=work&completed=1');
  const all = chips('all', { status: 'all', priority: ['High', 'Low'], tags: ['work'] });
  all.find(({ label }) => label === 'High priority')?.remove();
  expect(window.location.search).toBe('?tags=work&completed=1&priority=Low');
  all.find(({ label }) => label === '#work')?.remove();
  expect(window.location.search).toBe('?completed=1&priority=Low');
  all.find(({ label }) => label === 'With completed tasks')?.remove();
  expect(window.location.search).toBe('?priority=Low');
});

it('widens a search within a view to all tasks', () => {
  chips('all', { q: 'milk & honey' })[0]?.remove();
  expect(window.location.pathname + window.location.search).toBe('/search?q=milk%20%26%20honey');
});
