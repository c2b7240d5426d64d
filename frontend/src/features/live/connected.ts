import { External } from '@/lib/external';

/** Whether live events are connected. */
export const connected = new External(true);
