import type { Metadata } from 'next';
import { NoConnection } from '@/features/offline/no-connection';

export const metadata: Metadata = { title: 'No connection' };

/** The service worker caches this page and shows it in place of any page that cannot be loaded. */
export default function OfflinePage() {
  return <NoConnection />;
}
