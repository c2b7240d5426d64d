/** Opening and closing the panel, and where the keyboard is then. */
import { overlays, toggle } from '@/features/shell/overlays';

export const BUTTON_ID = 'assistant-button';
export const COMPOSER_ID = 'assistant-message';

export const loadPanel = () => import('./assistant-panel').then((found) => found.AssistantPanel);

/** The panel goes to its composer by itself when it opens. */
export function openAssistant(): void {
  if (overlays.get().assistant) document.getElementById(COMPOSER_ID)?.focus();
  else toggle('assistant', true);
}

export function closeAssistant(): void {
  toggle('assistant', false);
  requestAnimationFrame(() => document.getElementById(BUTTON_ID)?.focus());
}
