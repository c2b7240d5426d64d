/** The steps that can be undone in this page, newest last. */
import { tell } from '@/components/toasts';

export interface Step {
  run: () => void;
}

const MOST = 50;
const steps: Step[] = [];

export function remember(step: Step): void {
  steps.push(step);
  if (steps.length > MOST) steps.shift();
}

/** Removes a step that was not done. */
export function forget(step: Step): void {
  const at = steps.indexOf(step);
  if (at >= 0) steps.splice(at, 1);
}

/** Undoes the newest step, or the given one. */
export function undo(step: Step | undefined = steps.at(-1)): void {
  const at = step ? steps.indexOf(step) : -1;
  if (!step || at < 0) {
    tell('There is nothing to undo');
    return;
  }
  steps.splice(at, 1);
  step.run();
}
