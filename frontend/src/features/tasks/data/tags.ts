/** Tags that differ only in case or Unicode form (NFC) are the same tag; the first spelling is shown. */
export function isSameTag(one: string, other: string): boolean {
  return one.normalize().toLowerCase() === other.normalize().toLowerCase();
}

export function hasTag(tags: readonly string[], tag: string): boolean {
  return tags.some((one) => isSameTag(one, tag));
}

const TINTS = ['bg-tag-1', 'bg-tag-2', 'bg-tag-3', 'bg-tag-4', 'bg-tag-5', 'bg-tag-6', 'bg-tag-7', 'bg-tag-8'] as const;

/** Returns the class of a tag's colour: the same one on every device, in every spelling (FNV-1a). */
export function tintOf(tag: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(tag.normalize().toLowerCase()))
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return TINTS[hash % TINTS.length] ?? TINTS[0];
}

/** Returns the `others` that are not in `tags`. */
export function newTags(tags: readonly string[], others: readonly string[]): string[] {
  return others.filter((tag) => !hasTag(tags, tag));
}
