import type { Schemas } from '@/lib/api/client';

/** Tags that differ only in case or Unicode form (NFC) are the same tag; the first spelling is shown. */
export function isSameTag(one: string, other: string): boolean {
  return foldedTag(one) === foldedTag(other);
}

export function hasTag(tags: readonly string[], tag: string): boolean {
  return tags.some((one) => isSameTag(one, tag));
}

export type TagColor = Schemas['TagColorIn']['color'] & string;
export type TagColors = Readonly<Record<string, TagColor>>;

/** The colours to choose from. Tags without a chosen colour have one of the first eight. */
export const TAG_COLORS: Readonly<Record<TagColor, string>> = {
  blue: 'bg-tag-1',
  green: 'bg-tag-2',
  red: 'bg-tag-3',
  amber: 'bg-tag-4',
  violet: 'bg-tag-5',
  teal: 'bg-tag-6',
  pink: 'bg-tag-7',
  gray: 'bg-tag-8',
  orange: 'bg-tag-9',
  lime: 'bg-tag-10',
};
const NAMES = Object.keys(TAG_COLORS) as TagColor[];
const DERIVED = 8;

/** Returns the form in which tags are compared: the key of `tag_colors`. */
export function foldedTag(tag: string): string {
  return tag.normalize().toLowerCase();
}

/** Returns the chosen colour of a tag, else one derived from its name (FNV-1a): the same one on every device. */
export function colorOf(tag: string, colors: TagColors = {}): TagColor {
  const chosen = colors[foldedTag(tag)];
  if (chosen) return chosen;
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(foldedTag(tag))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return NAMES[hash % DERIVED] ?? 'blue';
}

/** Returns the class of a tag's colour. */
export function tintOf(tag: string, colors?: TagColors): string {
  return TAG_COLORS[colorOf(tag, colors)];
}

/** Returns the tags without those of `remove` and with those of `add`, in the place of the first removed one. */
export function retagged(tags: readonly string[], add: readonly string[], remove: readonly string[]): string[] {
  const kept = tags.filter((tag) => !hasTag(remove, tag));
  const first = tags.findIndex((tag) => hasTag(remove, tag));
  return kept.toSpliced(first < 0 ? kept.length : first, 0, ...newTags(kept, add));
}

/** Returns the `others` that are not in `tags`. */
export function newTags(tags: readonly string[], others: readonly string[]): string[] {
  return others.filter((tag) => !hasTag(tags, tag));
}
