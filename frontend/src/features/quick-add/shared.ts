/** What another app shares with the installed page (`share_target` of the manifest). */

const LONGEST = 10_000;

/** Returns the shared title, text and address as one line. Apps often repeat the address, or the title, in the text. */
export function sharedText(parts: readonly string[]): string {
  const lines = parts.map((part) => part.slice(0, LONGEST).replace(/\s+/g, ' ').trim());
  const apart = lines.filter(
    (line, at) => line !== '' && !lines.some((other, place) => place !== at && repeats(other, line, place < at)),
  );
  return apart.join(' ').slice(0, LONGEST);
}

/** Whether a part has all of another one; of two equal parts, the first stays. */
function repeats(part: string, other: string, isFirst: boolean): boolean {
  return part.includes(other) && (part.length > other.length || isFirst);
}
