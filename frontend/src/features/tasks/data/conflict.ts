/** Conflicts: a task was changed here and elsewhere. The change from here waits until the user decides. */
import { External } from '@/lib/external';
import { fieldsOf } from './changes';
import { type Field, type Fields, same, type Task } from './model';

export interface Versions {
  theirs: Task;
  mine: Fields;
  /** The values that both changes started from. */
  base: Fields;
  /** The fields that both changed, to different values. */
  fields: Field[];
}

export interface Conflict extends Versions {
  /** Called with the fields that keep the values from here. */
  resolve: (kept: Fields) => void;
}

/** Thrown instead of sending a change: the user has to choose between two versions first. */
export class Undecided extends Error {
  constructor(readonly versions: Versions) {
    super('the task was changed elsewhere too');
  }
}

/** The unresolved conflicts, at most one per task, oldest first. */
export const conflicts = new External<readonly Conflict[]>([]);
/** The number of the task whose conflict is shown. */
export const askedAbout = new External<number | null>(null);

/** Of two places for a task the last one wins: they are not worth a question. Tags are merged. */
export function contested(base: Fields, theirs: Task, mine: Fields): Field[] {
  const names = fieldsOf(mine).filter((name) => name !== 'position' && name !== 'tags');
  return names.filter((name) => !same(base[name], theirs[name]) && !same(theirs[name], mine[name]));
}

export function conflictAbout(id: number): Conflict | undefined {
  return conflicts.get().find((one) => one.theirs.id === id);
}

/** Merges a later edit into an open conflict. Drops fields that are back at their base value or equal to theirs. */
export function joined({ theirs, mine, base, fields }: Versions, later: Fields, laterBase: Fields): Versions {
  const [start, both] = [
    { ...laterBase, ...base },
    { ...mine, ...later },
  ];
  const isOpen = (name: Field) => !same(both[name], start[name]) && !same(both[name], theirs[name]);
  const left = Object.fromEntries(
    fieldsOf(both)
      .filter(isOpen)
      .map((name) => [name, both[name]]),
  );
  return { theirs, mine: left, base: start, fields: fields.filter(isOpen) };
}

/** Adds a conflict, replacing an earlier one of the task, and shows it. */
export function ask(conflict: Conflict): void {
  const { id } = conflict.theirs;
  conflicts.set((all) => [...all.filter((one) => one.theirs.id !== id), conflict]);
  askedAbout.set(id);
}

/** Hides the conflict without resolving it; `show` shows it again. */
export function postpone(): void {
  askedAbout.set(null);
}

export function show(id: number): void {
  askedAbout.set(id);
}

export function settled(id: number): void {
  conflicts.set((all) => all.filter((one) => one.theirs.id !== id));
  askedAbout.set((now) => (now === id ? null : now));
}
