import { External } from '@/lib/external';

/** When the tasks that are shown were saved, while the page has had no connection since it was opened; else null. */
export const openedFrom = new External<number | null>(null);
