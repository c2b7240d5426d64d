/** All time zones that the browser knows, and the one that is chosen, which may be an older name. */
export function zonesWith(zone: string): string[] {
  return [...new Set([zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort();
}
