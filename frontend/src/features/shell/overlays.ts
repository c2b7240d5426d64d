import { External } from '@/lib/external';

export const loadPalette = () => import('./command-palette').then((found) => found.CommandPalette);

/** Which of the things that lie over the page are open. */
export const overlays = new External({ palette: false, sheet: false, signOut: false });

export function toggle(name: 'palette' | 'sheet' | 'signOut', open?: boolean): void {
  overlays.set((value) => ({ ...value, [name]: open ?? !value[name] }));
}
