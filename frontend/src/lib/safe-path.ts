const ANYWHERE = 'http://anywhere.invalid';

/** Where to go after signing in: a path of ours and nothing else, as the browser would read it. */
export function safePath(path: string | null | undefined): string {
  if (!path?.startsWith('/') || !URL.canParse(path, ANYWHERE)) return '/today';
  const url = new URL(path, ANYWHERE);
  return url.origin === ANYWHERE ? url.pathname + url.search + url.hash : '/today';
}
