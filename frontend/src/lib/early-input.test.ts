import { afterEach, expect, it } from 'vitest';
import { RECORDER, takeEarlyInput } from './early-input';

/** Runs the script as a document does: alone, from its text. */
function record(body: string): void {
  document.body.innerHTML = body;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- as the document does
  (new Function(RECORDER) as () => void)();
}

const key = (target: Element, init: KeyboardEventInit) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));

const taken = () => takeEarlyInput().map((event) => event.key);

afterEach(() => void takeEarlyInput());

it('records keys and leaves commands of the browser, and Enter on a button, to the browser', () => {
  record('<button>Add</button>');
  const button = document.querySelector('button') as HTMLButtonElement;
  expect(key(button, { key: 'Enter' })).toBe(true);
  expect(key(document.body, { key: 'r', ctrlKey: true })).toBe(true);
  expect(key(document.body, { key: 'Tab' })).toBe(true);
  expect(key(document.body, { key: 'k', ctrlKey: true })).toBe(false);
  expect(key(button, { key: 'Enter' })).toBe(false);
  expect(taken()).toEqual(['k', 'Enter']);
});

it('leaves a field its keys up to Enter', () => {
  record('<input>');
  const field = document.querySelector('input') as HTMLInputElement;
  expect(key(field, { key: 'a' })).toBe(true);
  expect(key(field, { key: 'Enter' })).toBe(false);
  expect(key(field, { key: 'b' })).toBe(false);
  expect(taken()).toEqual(['Enter', 'b']);
});

it('ends when its input is taken', () => {
  record('');
  expect(taken()).toEqual([]);
  expect(key(document.body, { key: 'a' })).toBe(true);
  expect(taken()).toEqual([]);
});

function field(type: string, value: string): HTMLInputElement {
  const input = document.createElement('input');
  input.type = type;
  input.value = value;
  return input;
}

it('keeps what was entered into every kind of field', () => {
  const fields = ['text', 'search', 'email', 'checkbox', 'number'].map((type) => field(type, '12'));
  const later = field('text', 'after them');
  window.takeEarlyInput = () => ({ written: new Set([...fields, later]), keys: [], clicked: [] });
  expect(takeEarlyInput()).toEqual([]);
  expect(fields.map(({ value }) => value)).toEqual(['12', '12', '12', '12', '12']);
  expect(later.value).toBe('after them');
});
