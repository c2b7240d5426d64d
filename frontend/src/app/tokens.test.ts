import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const SOURCE = readFileSync('src/app/tokens.css', 'utf8');
const COLOURS: Record<string, string[]> = Object.fromEntries(
  [...SOURCE.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', ...modes]): [string, string[]] => [name, modes],
  ),
);
const numbered = (name: string) => Object.keys(COLOURS).filter((one) => one.startsWith(`${name}-`));

const SURFACES = ['ground', 'sunken', 'raised', 'hover', 'chosen', 'selected'];
const TEXTS = ['text', 'quiet', 'accent', 'danger', 'warning', 'good', 'overdue'];
const SIGNS = ['today', 'upcoming', 'completed', 'field', ...numbered('tag')];

/** The relative luminance of WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string, mode: number): number {
  const [darker = 0, lighter = 0] = [one, other]
    .map((name) => luminance(COLOURS[name]?.[mode] ?? ''))
    .sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Returns the pairs whose contrast is less than `least`. */
function faint(colours: string[], surfaces: string[], least: number): string[] {
  return colours.flatMap((colour) =>
    surfaces.flatMap((surface) =>
      [0, 1].flatMap((mode) => {
        const found = contrast(colour, surface, mode);
        return found >= least ? [] : [`${colour} on ${surface}, ${mode ? 'dark' : 'light'}: ${found.toFixed(2)}`];
      }),
    ),
  );
}

it('has text that is readable on every surface', () => {
  expect(faint(TEXTS, SURFACES, 4.5)).toEqual([]);
  expect(faint(['on-accent'], ['accent'], 4.5)).toEqual([]);
  expect(faint(['on-toast', 'toast-action', 'toast-failure'], ['toast'], 4.5)).toEqual([]);
});

it('has icons, dots and edges of fields that are visible on every surface', () => {
  expect(numbered('tag')).toHaveLength(10);
  expect(faint(SIGNS, SURFACES, 3)).toEqual([]);
});
