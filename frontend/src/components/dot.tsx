import { classes } from '@/lib/classes';

/** The coloured dot of a tag, beside its name. `tint` is a class. */
export function Dot({ tint }: { tint: string }) {
  return <span aria-hidden className={classes('size-2 shrink-0 rounded-full', tint)} />;
}
