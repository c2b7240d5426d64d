/** Opens and closes the panel and moves the focus. */
import { overlays, toggle } from '@/lib/overlays';

/** Marks the buttons of the panel: in the sidebar, and in the bar above the list. One of them is shown. */
export const BUTTON = 'data-assistant';
export const COMPOSER_ID = 'assistant-message';

export const loadPanel = () => import('./assistant-panel').then((found) => found.AssistantPanel);

/** Opens the panel, which focuses its composer itself, or focuses the composer if the panel is open. */
export function openAssistant(): void {
  if (overlays.get().assistant) document.getElementById(COMPOSER_ID)?.focus();
  else toggle('assistant', true);
}

export function closeAssistant(): void {
  toggle('assistant', false);
  requestAnimationFrame(() => shownButton()?.focus());
}

function shownButton(): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>(`[${BUTTON}]`)].find((button) => button.offsetParent !== null);
}
