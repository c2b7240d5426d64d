/** New positions for tasks that are moved by hand. Loaded on demand. */
import { generateNKeysBetween } from 'fractional-indexing';
import type { Task } from './model';
import { naturalPosition, type Span } from './positions';

/** The API's limit. */
const MAX_LENGTH = 200;
/** The length of a natural position without its last digit. */
const NATURAL = 23;
const ALL: Span = { from: 'l000000000000', to: 'lzzzzzzzzzzzz' };

/**
 * Returns the positions that put `moved`, in their order, before `others[index]`. Nearly always only they get new ones; if
 * there is no room, because neighbours share a position or it would be too long, so do the nearest others, and so do
 * neighbours that have no number yet: their positions change with it.
 */
export function placed(moved: readonly Task[], others: readonly Task[], index: number, span: Span): Map<Task, string> {
  for (let reach = 0; reach <= others.length; reach++) {
    let [first, end] = [Math.max(index - reach, 0), Math.min(index + reach, others.length)];
    while (isPassing(others[first - 1])) first--;
    while (isPassing(others[end])) end++;
    const among = [...others.slice(first, index), ...moved, ...others.slice(index, end)];
    const positions = spread(among.length, others[first - 1]?.position, others[end]?.position, span);
    if (positions) return new Map(among.map((one, at) => [one, positions[at] ?? '']));
  }
  const all = others.toSpliced(index, 0, ...moved);
  const positions = generateNKeysBetween(ALL.from, ALL.to, all.length);
  return new Map(all.map((one, at) => [one, positions[at] ?? '']));
}

function isPassing(task: Task | undefined): boolean {
  return task !== undefined && task.id < 0 && task.position === naturalPosition(task);
}

function spread(count: number, low: string | undefined, high: string | undefined, span: Span): string[] | null {
  // A first task that was put before its day, in a list of several days, is followed there.
  const from = low ?? (high !== undefined && high <= span.from ? ALL.from : span.from);
  const to = high ?? (low === undefined ? span.to : behind(low, span));
  if (from >= to) return null;
  const found = generateNKeysBetween(from, to, count);
  return found.every((position) => position.length <= MAX_LENGTH) ? found : null;
}

/** The end of the room behind a last task: a task that is added later comes after it. */
function behind(position: string, { to }: Span): string {
  return position.length > NATURAL ? `${position.slice(0, NATURAL)}z` : to;
}
