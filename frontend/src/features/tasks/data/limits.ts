/** Maximum lengths in code points, as the API counts them. */
const MOST = { Title: 200, Description: 10_000, Tag: 50, Text: 500 } as const;

/** Maximum numbers of a task. */
const MOST_OF = { reminders: 10, tags: 20 } as const;

/** Returns the error message for a task with more reminders or tags than the API accepts, otherwise null. */
export function tooMany(task: { reminders?: unknown[]; tags?: unknown[] | null }, ...fields: (keyof typeof MOST_OF)[]) {
  const field = fields.find((name) => (task[name]?.length ?? 0) > MOST_OF[name]);
  return field === undefined
    ? null
    : `Too many ${field}: ${task[field]?.length ?? 0}, at most ${MOST_OF[field]} are possible.`;
}

/** Returns the error message for a text that the API would refuse as too long, otherwise null. */
export function tooLong(what: keyof typeof MOST, text: string): string | null {
  const { length } = Array.from(text);
  return length > MOST[what]
    ? `${what} too long: ${length} characters, at most ${MOST[what].toLocaleString('en')} are possible.`
    : null;
}
