import { expect, it } from 'vitest';
import { takeEarlyInput } from './early-input';

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
