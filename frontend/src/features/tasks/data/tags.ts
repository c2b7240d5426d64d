/** Tags that differ only in case or Unicode form (NFC) are the same tag; the first spelling is shown. */
export function isSameTag(one: string, other: string): boolean {
  return one.normalize().toLowerCase() === other.normalize().toLowerCase();
}

export function hasTag(tags: readonly string[], tag: string): boolean {
  return tags.some((one) => isSameTag(one, tag));
}

/** Returns the `others` that are not in `tags`. */
export function newTags(tags: readonly string[], others: readonly string[]): string[] {
  return others.filter((tag) => !hasTag(tags, tag));
}
