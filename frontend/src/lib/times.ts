/** Times of day as people type them. A time is `HH:MM`. */
import { clockParts } from './clock';

const NOON = 12;
const DAY_MINUTES = 24 * 60;
const HALVES = [
  ['am', '09:00'],
  ['pm', '21:00'],
] as const;

/** Reads a typed time, such as 9, 9:30, 0930, 5pm or 17.30. Returns null if it is not one. */
export function readTime(text: string): string | null {
  const [said, half] = withoutHalf(withoutUnit(plain(text)));
  const [, digits = '', rest = '00'] = /^(\d{1,2})(?:[:.h]?(\d{2})|h)?$/.exec(said) ?? [];
  const [hour, minute] = [Number(digits), Number(rest)];
  const isOf12 = hour >= 1 && hour <= NOON;
  if (digits === '' || minute > 59 || (half === null ? hour > 23 : !isOf12)) return null;
  return written((half === null ? hour : (hour % NOON) + (half === 'pm' ? NOON : 0)) * 60 + minute);
}

/** Returns the time that many minutes later, on the same clock. */
export function stepTime(time: string, minutes: number): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return written((hour * 60 + minute + minutes + DAY_MINUTES) % DAY_MINUTES);
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/\s/g, '');
}

function written(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Returns the text without its half of the day, in English or as the user's locale writes it. */
function withoutHalf(text: string): [rest: string, half: 'am' | 'pm' | null] {
  for (const [half, time] of HALVES) {
    const local = clockParts(time).find(({ type }) => type === 'dayPeriod')?.value;
    for (const word of [plain(local ?? ''), half, `${half.charAt(0)}.m.`, half.charAt(0)]) {
      if (!word) continue;
      if (text.endsWith(word)) return [text.slice(0, -word.length), half];
      if (text.startsWith(word)) return [text.slice(word.length), half];
    }
  }
  return [text, null];
}

/** Returns the text without the word that some locales write after the minutes: "17:30 ч." */
function withoutUnit(text: string): string {
  const unit = clockParts('09:00').find(({ type, value }) => type === 'literal' && /\p{L}/u.test(value));
  return unit ? text.replace(plain(unit.value), '') : text;
}
