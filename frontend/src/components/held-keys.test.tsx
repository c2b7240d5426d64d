import { configure, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ComponentType, useEffect, useRef, useState } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { giveKeys, holdKeysForView } from './held-keys';
import { laterOverlay } from './later';
import { OnDemand } from './on-demand';

configure({ asyncUtilTimeout: 5000 });

/** Keys that reached the page below the overlay. */
let pressed: string[];
let arrive: () => void;
let fail: () => void;

beforeEach(() => {
  pressed = [];
});

function Asking({ onClose }: { onClose: () => void }) {
  const input = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  useEffect(() => input.current?.focus(), []);
  return (
    <div role="dialog" onKeyDown={(event) => event.key === 'Enter' && !event.shiftKey && onClose()}>
      <textarea ref={input} value={text} maxLength={8} onChange={(event) => setText(event.target.value)} />
    </div>
  );
}

function Page({ overlay: Overlay }: { overlay: ComponentType<{ onClose: () => void }> }) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === 'o') setOpen(true);
      pressed.push(event.key);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return <>{open && <Overlay onClose={() => setOpen(false)} />}</>;
}

function open() {
  const loading = new Promise<typeof Asking>((resolve, reject) => {
    arrive = () => resolve(Asking);
    fail = () => reject(new Error('no connection'));
  });
  const Overlay = laterOverlay<{ onClose: () => void }>(
    () => loading,
    ({ onClose }) => onClose(),
  );
  render(<Page overlay={Overlay} />);
}

it('gives what was typed while it was loading to the overlay alone, and what comes then behind it', async () => {
  open();
  await userEvent.keyboard('oabx{Backspace}c');
  arrive();
  await waitFor(() => expect(screen.getByRole('textbox')).toHaveValue('abc'));
  expect(pressed.slice(0, 1)).toEqual(['o']);
  await userEvent.keyboard('defghij');
  await waitFor(() => expect(screen.getByRole('textbox')).toHaveValue('abcdefgh')); // as many as fit
});

it('writes a run of characters at once, as each render may take long', async () => {
  open();
  const written = vi.fn();
  window.addEventListener('input', written);
  await userEvent.keyboard('oabcd{Backspace}e');
  arrive();
  await waitFor(() => expect(screen.getByRole('textbox')).toHaveValue('abce'));
  expect(written).toHaveBeenCalledTimes(3); // "abcd", the backspace, "e"
  window.removeEventListener('input', written);
});

it('cancels the overlay by Escape, and the keys are those of the page again', async () => {
  open();
  await userEvent.keyboard('oab{Escape}c');
  arrive();
  expect(pressed).toEqual(['o', 'c']);
  await userEvent.keyboard('d');
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('gives keys one after the other, so that one may close the overlay', async () => {
  open();
  await userEvent.keyboard('oa{Enter}');
  arrive();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(screen.queryByRole('status')).toBeNull();
  await userEvent.keyboard('z');
  await waitFor(() => expect(pressed).toContain('z'));
});

it('lets the page have its keys when the overlay cannot be loaded', async () => {
  open();
  await userEvent.keyboard('oa');
  fail();
  expect(await screen.findByRole('alert')).toHaveTextContent('This could not be loaded.');
  await userEvent.keyboard('b');
  expect(pressed).toEqual(['o', 'b']);
});

it('lets the page have its keys when one goes on elsewhere', async () => {
  open();
  await userEvent.keyboard('oa');
  await userEvent.pointer({ target: document.body, keys: '[MouseLeft]' });
  await userEvent.keyboard('b');
  expect(pressed).toEqual(['o', 'b']);
});

it('leaves to the browser what is the browser’s, and drops what a held key repeats', async () => {
  open();
  await userEvent.keyboard('o');
  const press = (init: KeyboardEventInit) =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
  expect(press({ key: 'r', ctrlKey: true })).toBe(true);
  expect(press({ key: 'F5' })).toBe(true);
  expect(press({ key: 'b' })).toBe(false);
  expect(press({ key: 'b', repeat: true })).toBe(false);
  expect(pressed).toEqual(['o']);
  arrive();
  await waitFor(() => expect(screen.getByRole('textbox')).toHaveValue('b'));
});

it('holds keys for a popup of a button, too', async () => {
  const Popup = () => <Asking onClose={vi.fn()} />;
  let loaded: () => void = () => undefined;
  const load = () => new Promise<{ default: typeof Popup }>((resolve) => (loaded = () => resolve({ default: Popup })));
  render(<OnDemand kind="dialog" load={load} props={{}} trigger={<button>More</button>} />);
  await userEvent.tab();
  await userEvent.keyboard('{Enter}ab');
  loaded();
  await waitFor(() => expect(screen.getByRole('textbox')).toHaveValue('ab'));
});

it('gives to the page what was typed before a view is there, and to what that opens the rest', async () => {
  open();
  holdKeysForView();
  await userEvent.keyboard('xoab');
  expect(pressed).toEqual([]);
  giveKeys();
  await waitFor(() => expect(pressed).toEqual(['x', 'o']));
  arrive();
  await waitFor(() => expect(screen.getByRole('textbox')).toHaveValue('ab'));
});

it('submits a form by Enter, as a browser does', async () => {
  const submitted: unknown[] = [];
  render(
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submitted.push(new FormData(event.currentTarget).get('title'));
      }}
    >
      <input name="title" aria-label="New task" />
      <button type="submit">Add</button>
    </form>,
  );
  screen.getByLabelText('New task').focus();
  holdKeysForView();
  await userEvent.keyboard('ab{Enter}');
  expect(submitted).toEqual([]);
  giveKeys();
  await waitFor(() => expect(submitted).toEqual(['ab']));
});
