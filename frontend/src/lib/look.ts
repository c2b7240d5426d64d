/** Theme and sidebar as the user chose them, for a page that the server has not made for this user. */
import { SIDEBAR_COOKIE } from './sidebar';
import { isTheme, THEME_COOKIE } from './theme';

export function restoreLook(): void {
  const chosen = new Map(document.cookie.split('; ').map((pair) => pair.split('=') as [string, string]));
  const theme = chosen.get(THEME_COOKIE);
  if (isTheme(theme)) document.documentElement.dataset.theme = theme;
  if (chosen.has(SIDEBAR_COOKIE)) document.documentElement.dataset.sidebar = 'hidden';
}
