/** Tags that differ only in case are the same one; the first spelling is shown. */
export function isSameTag(one: string, other: string): boolean {
  return one.normalize().toLowerCase() === other.normalize().toLowerCase();
}

export function hasTag(tags: readonly string[], tag: string): boolean {
  return tags.some((one) => isSameTag(one, tag));
}

/** The `others` that are not among `tags`. */
export function newTags(tags: readonly string[], others: readonly string[]): string[] {
  return others.filter((tag) => !hasTag(tags, tag));
}
