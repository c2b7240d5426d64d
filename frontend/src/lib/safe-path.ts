/** Where to go after signing in: a path of ours and nothing else. */
export function safePath(path: string | null | undefined): string {
  return path && /^\/(?![/\\])/.test(path) ? path : '/today';
}
