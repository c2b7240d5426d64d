/** Times of day by the user's clock. A time is `HH:MM`. */
import { format } from './dates';

/** Labels a time of day by the user's clock: "17:30" or "5:30 PM". */
export function timeLabel(time: string): string {
  return clock().format(instantAt(time));
}

export function clockParts(time: string): Intl.DateTimeFormatPart[] {
  return clock().formatToParts(instantAt(time));
}

/** With Latin digits: the label is also the text of a field, which `readTime` of `times` reads. */
function clock(): Intl.DateTimeFormat {
  return format({ hour: 'numeric', minute: '2-digit', timeZone: 'UTC', numberingSystem: 'latn' });
}

function instantAt(time: string): Date {
  return new Date(`2024-01-01T${time}Z`);
}
