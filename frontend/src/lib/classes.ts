/** Joins class names. Two for one property are a mistake: which one counts is not said. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
