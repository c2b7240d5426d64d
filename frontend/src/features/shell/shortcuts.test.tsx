import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, expect, it } from 'vitest';
import { giveKeys } from '@/components/held-keys';
import { Dialog } from '@/components/dialog';
import { overlays } from '@/lib/overlays';
import { useShortcuts } from './shortcuts';

/** Keys that reached a list in the page. */
let pressed: string[];

beforeEach(() => {
  pressed = [];
  overlays.set({ palette: false, sheet: false, signOut: false, assistant: false });
  window.history.replaceState(null, '', '/all');
});

function Page() {
  useShortcuts();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button onKeyDown={(event) => pressed.push(event.key)} onClick={() => setOpen(true)}>
        Row
      </button>
      <div contentEditable aria-label="Note" role="textbox" tabIndex={0} />
      {open && (
        <Dialog open onClose={() => setOpen(false)} title="About it">
          It
        </Dialog>
      )}
    </>
  );
}

it('goes to a view by G and its letter, which the list does not get', async () => {
  render(<Page />);
  await userEvent.tab();
  await userEvent.keyboard('gt');
  giveKeys();
  expect(window.location.pathname).toBe('/today');
  expect(pressed).toEqual(['g']);
});

it('does nothing by a letter with Shift, by what an input method takes, or by what a held key repeats', async () => {
  render(<Page />);
  await userEvent.keyboard('{Shift>}a{/Shift}');
  const press = (init: KeyboardEventInit) =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
  press({ key: 'a', isComposing: true });
  press({ key: 'k', ctrlKey: true });
  press({ key: 'k', ctrlKey: true, repeat: true });
  expect(overlays.get()).toEqual({ palette: true, sheet: false, signOut: false, assistant: false });
});

it('leaves keys alone where one writes', async () => {
  render(<Page />);
  const note = screen.getByRole('textbox', { name: 'Note' });
  Object.defineProperty(note, 'isContentEditable', { value: true }); // jsdom does not implement it
  note.focus();
  await userEvent.keyboard('a?');
  expect(overlays.get()).toMatchObject({ sheet: false, assistant: false });
});

it('gives the focus back to where it was when a dialog without a button of its own closes', async () => {
  render(<Page />);
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByRole('dialog')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.getByRole('button', { name: 'Row' })).toHaveFocus());
});
