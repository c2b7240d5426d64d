import { act, renderHook } from '@testing-library/react';
import { memo } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { renderInPage } from '@/testing/page';
import { task } from '@/testing/tasks';
import { rowsOf } from '@/features/tasks/data/rows';
import { type Selection, useSelection } from '@/features/tasks/data/selection';
import { TaskList } from './task-list';

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
    const selection = useSelection(tasks, sameKey);
    Object.assign(shown, { selection });
    return (
      <TaskList
        rows={rows}
        search=""
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
  const { result, rerender } = renderHook(({ tasks }) => useSelection(tasks, sameKey), {
    initialProps: { tasks: [a, b, c] },
  });
  act(() => result.current.toggle(1));
  rerender({ tasks: [b, a, c] });
  act(() => result.current.extendTo(3));
  expect([...result.current.keys]).toEqual([1, 3]);
});
