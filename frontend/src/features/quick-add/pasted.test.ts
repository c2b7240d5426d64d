import { expect, it } from 'vitest';
import { leftOut } from './left-out';
import { asOneLine, readPasted } from './pasted';

it('removes indentation, bullets and numbers, and drops empty lines', () => {
  const text =
    '- [ ] milk\r\n\r\n  * bread tomorrow\n\t• eggs\n1. rent\n2) tax\n3 apples\n2026-12-01 party\n-5 degrees\n- \n';
  expect(readPasted(text)?.lines).toEqual([
    'milk',
    'bread tomorrow',
    'eggs',
    'rent',
    'tax',
    '3 apples',
    '2026-12-01 party',
    '-5 degrees',
  ]);
});

it('keeps numbers that do not count the lines, as they may be days', () => {
  const lines = ['24. Dez Bescherung', '31. Dez Silvester'];
  expect(readPasted(lines.join('\n'))?.lines).toEqual(lines);
});

it('leaves out what is checked off or too long, and says so', () => {
  const pasted = readPasted(`- [x] done\n- [X] done too\n- [ ] open\n${'x'.repeat(201)}`);
  expect(pasted).toEqual({ lines: ['open'], done: 2, long: 1 });
  expect(pasted && leftOut(pasted)).toBe('Left out: 2 checked off, 1 longer than a title can be (200 characters).');
});

it.each(['one line', 'one line\n', '\n\n', '- [x] a\n- [x] b'])('asks nothing about %j', (text) => {
  expect(readPasted(text)).toBeNull();
});

it('joins the lines with spaces', () => {
  expect(asOneLine('milk\r\n  bread\n\neggs\n')).toBe('milk bread eggs');
});

it('reads 50 KB at once', () => {
  const start = performance.now();
  expect(readPasted('  - [ ] '.repeat(25) + '\nmilk\n'.repeat(8000))?.lines.length).toBeGreaterThan(7000);
  expect(performance.now() - start).toBeLessThan(1000);
});
