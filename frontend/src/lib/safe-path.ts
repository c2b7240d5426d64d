const HERE = 'http://here.invalid';
const DEFAULT = '/today';

/**
 * Returns the path to go to after sign-in, or the default if it is not a path of this origin. The result is checked
 * again, because the URL parser resolves dots and backslashes: `/..//evil.example` becomes `//evil.example`, another
 * host.
 */
export function safePath(path: string | null | undefined): string {
  if (!path?.startsWith('/') || !URL.canParse(path, HERE)) return DEFAULT;
  const { origin, pathname, search, hash } = new URL(path, HERE);
  return origin === HERE && !pathname.startsWith('//') ? pathname + search + hash : DEFAULT;
}
