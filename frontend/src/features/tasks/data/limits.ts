/** Maximum lengths in code points, as the API counts them. */
const MOST = { Title: 200, Description: 10_000, Tag: 50, Text: 500 } as const;

/** Returns the error message for a text that the API would refuse as too long, otherwise null. */
export function tooLong(what: keyof typeof MOST, text: string): string | null {
  const { length } = Array.from(text);
  return length > MOST[what]
    ? `${what} too long: ${length} characters, at most ${MOST[what].toLocaleString('en')} are possible.`
    : null;
}
