import { expect, it } from 'vitest';
import { CHATKIT_HOST, policyOf } from './policy';

it('names nobody else', () => {
  expect(policyOf('n')).not.toMatch(/https?:|unsafe-eval/);
});

it('names one host when the official ChatKit component is set, for its script and its frame alone', () => {
  const lines = policyOf('n', { chatkit: true }).split('; ');
  const foreign = lines.filter((line) => line.includes('http'));
  expect(foreign.map((line) => line.split(' ')[0])).toEqual(['script-src', 'frame-src']);
  for (const line of foreign) expect(line.match(/https?:\S+/g)).toEqual([CHATKIT_HOST]);
  expect(
    lines.filter((line) => !line.startsWith('frame-src')).map((line) => line.replace(` ${CHATKIT_HOST}`, '')),
  ).toEqual(policyOf('n').split('; '));
});
