/** What can be undone in this page, the newest last. */
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

/** What was not done after all cannot be undone. */
export function forget(step: Step): void {
  const at = steps.indexOf(step);
  if (at >= 0) steps.splice(at, 1);
}

/** Undoes the newest step, or the one that is named. */
export function undo(step: Step | undefined = steps.at(-1)): void {
  const at = step ? steps.indexOf(step) : -1;
  if (!step || at < 0) {
    tell('There is nothing to undo');
    return;
  }
  steps.splice(at, 1);
  step.run();
}
