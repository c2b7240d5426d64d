/** Returns the day of an instant (RFC 3339) in the browser's time zone. */
export function day(instant: string): string {
  return new Date(instant).toLocaleDateString(undefined, { dateStyle: 'medium' });
}
