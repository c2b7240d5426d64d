/** A task was changed here and elsewhere since it was seen: what both did, and what the person makes of it. */
import { External } from '@/lib/external';
import { fieldsOf } from './changes';
import { type Field, type Fields, same, type Task } from './model';

export interface Conflict {
  theirs: Task;
  mine: Fields;
  /** The fields that both changed, and not to the same. */
  fields: Field[];
  /** With the fields that shall be as they are here. */
  resolve: (kept: Fields) => void;
}

/** The conflict that waits for a decision. */
export const openConflict = new External<Conflict | null>(null);

export function contested(base: Fields, theirs: Task, mine: Fields): Field[] {
  return fieldsOf(mine).filter((name) => !same(base[name], theirs[name]) && !same(theirs[name], mine[name]));
}

/** Asks which version of the contested fields shall stand. */
export function decide(theirs: Task, mine: Fields, fields: Field[]): Promise<Fields> {
  return new Promise((resolve) => {
    openConflict.set({
      theirs,
      mine,
      fields,
      resolve: (kept) => {
        openConflict.set(null);
        resolve(kept);
      },
    });
  });
}
