import type { Metadata } from 'next';
import { NoConnection } from '@/features/offline/no-connection';

export const metadata: Metadata = { title: 'No connection' };

/** Kept by the worker in the browser, and shown there in place of any page that cannot come. */
export default function OfflinePage() {
  return <NoConnection />;
}
