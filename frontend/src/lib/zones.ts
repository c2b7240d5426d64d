/** Returns all time zones of the browser, UTC, and the given zone, which may have an outdated name. */
export function zonesWith(zone: string): string[] {
  return [...new Set([zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort();
}
