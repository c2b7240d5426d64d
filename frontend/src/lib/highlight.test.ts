import { expect, it } from 'vitest';
import { highlight } from './highlight';

const marked = (text: string, search: string) =>
  highlight(text, search)
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('');

it.each([
  ['Buy milk', 'milk', 'Buy [milk]'],
  ['Buy milk', 'MI', 'Buy [mi]lk'],
  ['Café Zoë', 'cafe zoe', '[Café] [Zoë]'],
  ['Order groceries', 'der gro', 'Or[der] [gro]ceries'],
  ['aaa', 'aa', '[aaa]'],
  ['🐘 elephant', 'ele', '🐘 [ele]phant'],
  ['ﬁnish', 'fin', '[ﬁn]ish'],
  ['Nothing', 'xyz', 'Nothing'],
  ['(.*)+$', '.*', '([.*])+$'],
  ['Plain', '', 'Plain'],
])('%s searched for %s is %s', (text, search, expected) => {
  expect(marked(text, search)).toBe(expected);
});
