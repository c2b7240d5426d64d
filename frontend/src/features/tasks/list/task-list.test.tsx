import { act, renderHook } from '@testing-library/react';
import { memo } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { renderInPage } from '@/testing/page';
import { task } from '@/testing/tasks';
import type { ListQuery } from '@/features/tasks/data/lists';
import { rowsOf } from '@/features/tasks/data/rows';
import { type Selection, useSelection } from '@/features/tasks/data/selection';
import { TaskList } from './task-list';

const QUERY: ListQuery = { status: 'pending', sort: 'created_at', priority: [], tags: [], q: '' };
const sameKey = (id: number) => id;
const drawn = vi.hoisted((): number[] => []);

vi.mock('./task-row', () => ({
  TaskRow: memo(({ task: { id } }: { task: { id: number } }) => {
    drawn.push(id);
    return null;
  }),
}));

beforeEach(() => {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(400);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(400);
});

it('draws anew only the rows that are shown otherwise', () => {
  const tasks = [1, 2, 3, 4].map((id) => task({ id }));
  const rows = rowsOf(tasks);
  const shown: { selection?: Selection } = {};
  function List() {
    const selection = useSelection(tasks, tasks.length, sameKey);
    Object.assign(shown, { selection });
    return (
      <TaskList
        rows={rows}
        query={QUERY}
        selection={selection}
        busy={false}
        isOrdered
        onShowDays={vi.fn()}
        onEnd={() => undefined}
      />
    );
  }
  renderInPage(<List />);
  expect([...new Set(drawn)]).toEqual([1, 2, 3, 4]);
  drawn.length = 0;
  act(() => shown.selection?.toggle(3));
  expect([...new Set(drawn)]).toEqual([1, 3]); // the focus has moved from one to the other
});

it('chooses from the last one to this one, in the order that is shown by then', () => {
  const [a, b, c] = [task({ id: 1 }), task({ id: 2 }), task({ id: 3 })];
  const { result, rerender } = renderHook(({ tasks }) => useSelection(tasks, tasks.length, sameKey), {
    initialProps: { tasks: [a, b, c] },
  });
  act(() => result.current.toggle(1));
  rerender({ tasks: [b, a, c] });
  act(() => result.current.extendTo(3));
  expect([...result.current.keys]).toEqual([1, 3]);
});

it('counts all tasks of the list as selected, also those that are not loaded, but what is left out', () => {
  const tasks = [1, 2, 3].map((id) => task({ id }));
  const { result, rerender } = renderHook(({ loaded }) => useSelection(loaded, 1000, sameKey), {
    initialProps: { loaded: tasks },
  });
  act(() => result.current.all());
  expect(result.current).toMatchObject({ count: 1000, allBut: [] });
  act(() => result.current.toggle(2));
  rerender({ loaded: [...tasks, task({ id: 4 })] });
  expect(result.current).toMatchObject({ count: 999, allBut: [2] });
  expect([...result.current.keys]).toEqual([1, 3, 4]);
  act(() => result.current.clear());
  expect(result.current).toMatchObject({ count: 0, allBut: null, tasks: [] });
});
