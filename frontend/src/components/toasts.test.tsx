import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { tell, tellFailure, Toasts } from './toasts';

const messages = () => screen.getAllByText(/^(one|two|failed)/).map((message) => message.textContent);

it('shows the newest message alone', () => {
  render(<Toasts />);
  act(() => {
    tell('one done', { label: 'Undo', run: () => undefined });
    tell('two done', { label: 'Undo', run: () => undefined });
  });
  expect(messages()).toEqual(['two done']);
  expect(screen.getAllByRole('button', { name: 'Undo' })).toHaveLength(1);
});

it('shows the newest message behind a failure once that is dismissed', async () => {
  render(<Toasts />);
  act(() => {
    tellFailure('failed');
    tell('one done');
    tell('two done');
  });
  expect(messages()).toEqual(['failed']);
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(messages()).toEqual(['two done']);
  act(() => void tellFailure('failed again'));
  expect(messages()).toEqual(['failed again']);
});
