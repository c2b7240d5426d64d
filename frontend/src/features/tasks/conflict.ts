/** A task was changed here and elsewhere since it was seen. The change from here waits until the user decides. */
import { External } from '@/lib/external';
import { fieldsOf } from './changes';
import { type Field, type Fields, same, type Task } from './model';

/** Both versions. */
export interface Versions {
  theirs: Task;
  mine: Fields;
  /** What both started from. */
  base: Fields;
  /** The fields that both changed, and not to the same value. */
  fields: Field[];
}

export interface Conflict extends Versions {
  /** With the fields that shall be as they are here. */
  resolve: (kept: Fields) => void;
}

/** Thrown instead of sending a change: the user has to choose between two versions first. */
export class Undecided extends Error {
  constructor(readonly versions: Versions) {
    super('the task was changed elsewhere too');
  }
}

/** The conflicts that wait for a decision, one for a task, the oldest first. */
export const conflicts = new External<readonly Conflict[]>([]);
/** The number of the task whose conflict is shown. */
export const askedAbout = new External<number | null>(null);

export function contested(base: Fields, theirs: Task, mine: Fields): Field[] {
  return fieldsOf(mine).filter((name) => !same(base[name], theirs[name]) && !same(theirs[name], mine[name]));
}

export function conflictAbout(id: number): Conflict | undefined {
  return conflicts.get().find((one) => one.theirs.id === id);
}

/** The versions of an open conflict with what was changed here since: back to the start, or to their value, is no change. */
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

/** Keeps a conflict, in place of an earlier one about the task, and shows it. */
export function ask(conflict: Conflict): void {
  const { id } = conflict.theirs;
  conflicts.set((all) => [...all.filter((one) => one.theirs.id !== id), conflict]);
  askedAbout.set(id);
}

/** Leaves both versions as they are; `show` leads back to the question. */
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
