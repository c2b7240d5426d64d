/** Where the understood phrases of a line are in its text, also while the text is ahead of the server's answer. */
import type { ParsedLine } from '@/features/tasks/data/parser';
import { type Decisions, undecided } from '@/features/tasks/data/understood';

/** A part of the text: plain, understood, or understood in one of several ways. */
export interface Piece {
  text: string;
  look: 'plain' | 'understood' | 'asked';
}

interface Phrase {
  start: number;
  end: number;
}

/** Splits the text into pieces. A phrase that an edit has touched since the answer is plain until the next answer. */
export function piecesOf(text: string, line: ParsedLine, decisions: Decisions): Piece[] {
  const understood = placed(line.matches, line.text, text);
  const asked = placed(undecided(line, decisions), line.text, text);
  const within = (phrases: Phrase[], from: number, to: number) =>
    phrases.some(({ start, end }) => start <= from && to <= end);
  const bounds = [...understood, ...asked].flatMap(({ start, end }) => [start, end]);
  const places = [...new Set([0, ...bounds, text.length])].sort((one, other) => one - other);
  return places.slice(1).map((end, index) => {
    const start = places[index] ?? 0;
    const look = within(asked, start, end) ? 'asked' : within(understood, start, end) ? 'understood' : 'plain';
    return { text: text.slice(start, end), look };
  });
}

interface Span extends Phrase {
  text: string;
}

/** Returns the phrases in UTF-16 units of `text`, without those that are no longer the same words. */
function placed(spans: readonly Span[], answered: string, text: string): Phrase[] {
  const [typed, lead] = [text.trim(), text.length - text.trimStart().length];
  const units = unitsOf(answered);
  return spans.flatMap((span) => {
    const [start, end] = [units[span.start] ?? 0, units[span.end] ?? 0];
    if (answered.slice(start, end) !== span.text) return [];
    const shift = shiftOf({ start, end }, answered, typed);
    return shift === null ? [] : [{ start: start + shift + lead, end: end + shift + lead }];
  });
}

/** Returns how far an edit has moved a phrase; null if it has changed the phrase, or written right beside it. */
function shiftOf({ start, end }: Phrase, before: string, after: string): number | null {
  const [longest, least] = [Math.max(before.length, after.length), Math.min(before.length, after.length)];
  let prefix = 0;
  while (prefix < least && before[prefix] === after[prefix]) prefix++;
  let suffix = 0;
  while (suffix < least - prefix && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix++;
  const isBefore = end <= prefix || prefix === longest;
  if (!isBefore && start < before.length - suffix) return null;
  const shift = isBefore ? 0 : after.length - before.length;
  const isApart = (was: string | undefined, is: string | undefined) => is === was || is === undefined || /\s/.test(is);
  const stands = isApart(before[start - 1], after[start - 1 + shift]) && isApart(before[end], after[end + shift]);
  return stands ? shift : null;
}

/** Returns the index in UTF-16 units of each code point, as the API counts. */
function unitsOf(text: string): number[] {
  const units = [0];
  for (const character of text) units.push((units.at(-1) ?? 0) + character.length);
  return units;
}
