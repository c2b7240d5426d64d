const HERE = 'http://here.invalid';
const DEFAULT = '/today';

/**
 * Where to go after signing in: a path of this origin, as the browser reads it. The parser resolves dots and backslashes,
 * so that `/..//evil.example` becomes `//evil.example`, which names another host: the result is checked again.
 */
export function safePath(path: string | null | undefined): string {
  if (!path?.startsWith('/') || !URL.canParse(path, HERE)) return DEFAULT;
  const { origin, pathname, search, hash } = new URL(path, HERE);
  return origin === HERE && !pathname.startsWith('//') ? pathname + search + hash : DEFAULT;
}
