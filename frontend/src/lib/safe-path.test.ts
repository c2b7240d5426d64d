import { expect, it } from 'vitest';
import { safePath } from './safe-path';

it('leads back to paths of this origin', () => {
  for (const path of ['/upcoming?task=3', '/all#x', '/a//b', '/device?user_code=A&x=//evil.example'])
    expect(safePath(path)).toBe(path);
});

it.each([
  '//evil.example',
  '/..//evil.example/x',
  '/.//evil.example/x',
  '/%2e%2e//evil.example/x',
  '/a/../..//evil.example/x',
  '/..\\\\evil.example/x',
  '/./\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '@evil.example',
  '///evil.example',
  '/..//user:password@evil.example',
  'https://evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  ' //evil.example',
  '',
  null,
  undefined,
])('leads from %j to today', (path) => {
  expect(safePath(path)).toBe('/today');
});

const PARTS = [
  '/',
  '\\',
  '.',
  '..',
  '%2e',
  '%2F',
  '%5c',
  '\t',
  '\n',
  '@',
  ':',
  '?',
  '#',
  '／',
  'javascript:',
  'evil.example',
];
const LONGEST = 5;

function* paths(length: number): Generator<string> {
  if (length === 0) yield '';
  else for (const rest of paths(length - 1)) for (const part of PARTS) yield rest + part;
}

it('stays on the origin, whatever is put together', () => {
  const pages = ['https://todo.example/sign-in', 'http://localhost:3000/welcome?back=x'].map((page) => new URL(page));
  const left: string[] = [];
  for (let length = 0; length < LONGEST; length++)
    for (const rest of paths(length)) {
      const to = safePath(`/${rest}`);
      const stays = pages.every((page) => new URL(to, page).origin === page.origin);
      if (!stays || !to.startsWith('/') || safePath(to) !== to) left.push(`/${rest}`);
    }
  expect(left).toEqual([]);
});
