/** How long texts may be, as the API counts them: in code points. */
const MOST = { Title: 200, Description: 10_000, Tag: 50, Text: 500 } as const;

/** Says what is too long about a text that the API would refuse. */
export function tooLong(what: keyof typeof MOST, text: string): string | null {
  const { length } = Array.from(text);
  return length > MOST[what]
    ? `${what} too long: ${length} characters, at most ${MOST[what].toLocaleString('en')} are possible.`
    : null;
}
