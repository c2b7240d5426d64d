/** What a dialog asks about a tag. */
import { External } from '@/lib/external';

export interface TagQuestion {
  kind: 'rename' | 'complete' | 'delete';
  tag: string;
}

export const openTagQuestion = new External<TagQuestion | null>(null);
