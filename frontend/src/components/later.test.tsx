import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { later } from './later';

it('shows what waits, then the part; when that cannot be loaded it is said there, and tried again', async () => {
  let fails = true;
  const Part = later<{ name: string }>(
    () => (fails ? Promise.reject(new Error('no connection')) : Promise.resolve(({ name }) => <b>{name}</b>)),
    'waiting',
  );
  const { unmount } = render(<Part name="It" />);
  expect(screen.getByText('waiting')).toBeVisible();
  expect(await screen.findByRole('alert')).toHaveTextContent('This could not be loaded.');
  fails = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('It')).toBeVisible();
  unmount();
  render(<Part name="At once" />);
  expect(screen.getByText('At once')).toBeVisible();
});
