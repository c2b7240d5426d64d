/** The current time for rendering. It advances every few seconds, and its subscribers render again. */
import { External } from '@/lib/external';

export const clock = new External(new Date());
