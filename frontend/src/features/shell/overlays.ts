import { External } from '@/lib/external';

export const loadPalette = () => import('./command-palette').then((found) => found.CommandPalette);

/** Which of the things that lie over the page, or beside it, are open. */
export const overlays = new External({ palette: false, sheet: false, signOut: false, assistant: false });

export function toggle(name: keyof ReturnType<typeof overlays.get>, open?: boolean): void {
  overlays.set((value) => ({ ...value, [name]: open ?? !value[name] }));
}
