import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { renderInPage } from '@/testing/page';
import { task } from '@/testing/tasks';
import type { Conflict } from '@/features/tasks/data/conflict';
import { ConflictDialog } from './conflict-dialog';

function shown(): Conflict['resolve'] {
  const resolve = vi.fn();
  const conflict: Conflict = {
    theirs: task({ title: 'Buy rice milk', priority: 'Low' }),
    mine: { title: 'Buy oat milk', priority: 'High', description: 'two litres' },
    base: {},
    fields: ['title', 'priority'],
    resolve,
  };
  renderInPage(<ConflictDialog conflict={conflict} />);
  return resolve;
}

it('keeps what the person chooses, field by field, and what nobody contests', async () => {
  const resolve = shown();
  await userEvent.click(screen.getByRole('radio', { name: 'Buy rice milk' }));
  await userEvent.click(screen.getByRole('button', { name: 'Keep selected' }));
  expect(resolve).toHaveBeenCalledWith({ priority: 'High', description: 'two litres' });
});

it('takes the other version of everything that is contested', async () => {
  const resolve = shown();
  await userEvent.click(screen.getByRole('button', { name: 'Use the other version' }));
  expect(resolve).toHaveBeenCalledWith({ description: 'two litres' });
});

it('decides nothing when it is closed', async () => {
  const resolve = shown();
  await userEvent.keyboard('{Escape}');
  await userEvent.click(screen.getByRole('button', { name: 'Close' }));
  expect(resolve).not.toHaveBeenCalled();
});
