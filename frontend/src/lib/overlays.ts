import { External } from './external';

/** Which overlays and side panels are open. */
export const overlays = new External({ palette: false, sheet: false, signOut: false, assistant: false });

export function toggle(name: keyof ReturnType<typeof overlays.get>, open?: boolean): void {
  overlays.set((value) => ({ ...value, [name]: open ?? !value[name] }));
}
