/** Marks the words of a search in a text, ignoring case and accents. */
interface Piece {
  text: string;
  marked: boolean;
}

/** Returns the text split into marked and unmarked pieces. */
export function highlight(text: string, search: string): Piece[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [{ text, marked: false }];
  const characters = Array.from(text);
  // Maps each folded character to its original: folding can turn one character into two.
  const folded = characters.map(fold);
  const places = folded.flatMap((part, index) => Array.from(part, () => index));
  const whole = folded.join('');
  const marked = new Set<number>();
  for (const word of words)
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + 1))
      for (const place of places.slice(lengthOf(whole.slice(0, at)), lengthOf(whole.slice(0, at + word.length))))
        marked.add(place);
  const pieces: Piece[] = [];
  for (const [index, character] of characters.entries()) {
    const last = pieces.at(-1);
    if (last?.marked === marked.has(index)) last.text += character;
    else pieces.push({ text: character, marked: marked.has(index) });
  }
  return pieces;
}

/** Returns the text without case and accents. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
