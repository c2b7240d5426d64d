import type { Pasted } from './pasted';

/** Says which lines are left out, or returns an empty text. */
export function leftOut({ done, long }: Pasted): string {
  const parts = [
    done > 0 ? `${done} checked off` : '',
    long > 0 ? `${long} longer than a title can be (200 characters)` : '',
  ];
  const said = parts.filter((part) => part !== '').join(', ');
  return said === '' ? '' : `Left out: ${said}.`;
}
