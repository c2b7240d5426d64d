/** Opens and closes the panel and moves the focus. */
import { overlays, toggle } from '@/lib/overlays';

export const BUTTON_ID = 'assistant-button';
export const COMPOSER_ID = 'assistant-message';

export const loadPanel = () => import('./assistant-panel').then((found) => found.AssistantPanel);

/** Opens the panel, which focuses its composer itself, or focuses the composer if the panel is open. */
export function openAssistant(): void {
  if (overlays.get().assistant) document.getElementById(COMPOSER_ID)?.focus();
  else toggle('assistant', true);
}

export function closeAssistant(): void {
  toggle('assistant', false);
  requestAnimationFrame(() => document.getElementById(BUTTON_ID)?.focus());
}
