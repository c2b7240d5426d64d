/** Pasted text of several lines, each of which may become a task. */
import { tooLong } from '@/features/tasks/data/limits';

export interface Pasted {
  /** The lines of new tasks, without indentation and bullets. */
  lines: string[];
  /** How many lines are checked off in the text ("- [x] milk"). They are left out. */
  done: number;
  /** How many lines are longer than a title can be. They are left out. */
  long: number;
}

/** "- milk", "* milk", "• milk", "- [ ] milk", "[x] milk". */
const BULLET = /^\s*(?:[-*+•◦▪–—]\s+)?(?:\[([ xX✓])\]\s+)?/u;
const NUMBER = /^\s*(\d{1,3})[.)]\s+/u;

/** Returns the lines of a text; null if it has only one, which is pasted as it is. */
export function readPasted(text: string): Pasted | null {
  const found = text.split(/[\r\n\u2028\u2029]+/u).filter((line) => line.trim() !== '');
  const pasted: Pasted = { lines: [], done: 0, long: 0 };
  for (const line of withoutNumbers(found)) {
    const [bullet, box] = BULLET.exec(line) ?? [''];
    const title = line.slice(bullet.length).trim();
    if (title === '') continue;
    if (box !== undefined && box !== ' ') pasted.done++;
    else if (tooLong('Title', title)) pasted.long++;
    else pasted.lines.push(title);
  }
  return found.length > 1 && pasted.lines.length > 0 ? pasted : null;
}

/** Removes the numbers of lines that are counted from 1. Others may be days: "24. Dez Bescherung". */
function withoutNumbers(lines: string[]): string[] {
  const numbers = lines.flatMap((line) => NUMBER.exec(line)?.[1] ?? []);
  return numbers.every((number, at) => Number(number) === at + 1)
    ? lines.map((line) => line.replace(NUMBER, ''))
    : lines;
}

/** Returns the text as one line. */
export function asOneLine(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/gu, ' ').trim();
}
