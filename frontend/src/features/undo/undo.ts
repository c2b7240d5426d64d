/** The steps that can be undone in this page, and those that can be redone; the newest last. */
import { tell } from '@/components/toasts';

export interface Step {
  /** The step of the server. */
  id: string;
  run: () => void;
  redo: () => void;
}

const MOST = 50;
const done: Step[] = [];
const undone: Step[] = [];

export function remember(step: Step): void {
  done.push(step);
  if (done.length > MOST) done.shift();
}

/** Removes a step that was not done, or whose undo or redo was refused. */
export function forget({ id }: Pick<Step, 'id'>): void {
  for (const steps of [done, undone]) {
    const at = steps.findIndex((step) => step.id === id);
    if (at >= 0) steps.splice(at, 1);
  }
}

/** A new change ends what could be redone. */
export function endRedo(): void {
  undone.length = 0;
}

/** Forgets all steps: what they changed is deleted for good. */
export function forgetAll(): void {
  done.length = undone.length = 0;
}

/** Undoes the newest step, or the given one. */
export function undo(step: Pick<Step, 'id'> | undefined = done.at(-1)): void {
  const at = done.findIndex(({ id }) => id === step?.id);
  const [found] = at < 0 ? [] : done.splice(at, 1);
  if (!found) {
    tell('There is nothing to undo');
    return;
  }
  undone.push(found);
  found.run();
}

/** Redoes the step that was undone last, or the given one. */
export function redo(step: Pick<Step, 'id'> | undefined = undone.at(-1)): void {
  const at = undone.findIndex(({ id }) => id === step?.id);
  const [found] = at < 0 ? [] : undone.splice(at, 1);
  if (!found) {
    tell('There is nothing to redo');
    return;
  }
  done.push(found);
  found.redo();
}
