/** The moment that is shown: it moves every few seconds, and what follows it is drawn anew. */
import { External } from '@/lib/external';

export const clock = new External(new Date());
