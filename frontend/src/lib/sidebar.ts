/** Whether the sidebar is hidden on a wide screen. A cookie stores it, so that the first paint has it. */
export const SIDEBAR_COOKIE = 'sidebar';
export const SIDEBAR_ID = 'sidebar';
export const SHOW_ID = 'show-sidebar';
export const HIDE_ID = 'hide-sidebar';

/** Hides or shows the sidebar. A focus in what disappears moves to the button that brings it back. */
export function toggleSidebar(): void {
  const { dataset } = document.documentElement;
  const hides = dataset.sidebar === undefined;
  const focused = document.activeElement;
  const isLost = hides ? focused?.closest(`#${SIDEBAR_ID}`) : focused?.id === SHOW_ID;
  if (hides) dataset.sidebar = 'hidden';
  else delete dataset.sidebar;
  document.cookie = `${SIDEBAR_COOKIE}=hidden; path=/; max-age=${hides ? 365 * 24 * 3600 : 0}; samesite=lax`;
  if (isLost) document.getElementById(hides ? SHOW_ID : HIDE_ID)?.focus();
}
