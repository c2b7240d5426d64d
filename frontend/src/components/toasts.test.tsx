import { act, render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { tell, Toasts } from './toasts';

it('keeps an Undo while news come, and the newest of each', () => {
  render(<Toasts />);
  act(() => {
    tell('one done', { label: 'Undo', run: () => undefined });
    for (const news of ['first news', 'second news', 'third news']) tell(news);
  });
  expect(screen.getByText('one done')).toBeVisible();
  expect(screen.queryByText('first news')).toBeNull();
  expect(screen.getByText('third news')).toBeVisible();
  act(() => {
    for (const what of ['two done', 'three done']) tell(what, { label: 'Undo', run: () => undefined });
  });
  expect(screen.queryByText('one done')).toBeNull();
  expect(screen.getAllByRole('button', { name: 'Undo' })).toHaveLength(2);
  expect(screen.getByText('second news')).toBeVisible();
});
