import type { Metadata } from 'next';
import { OfflineSuite } from '@/features/shell/offline-suite';

export const metadata: Metadata = { title: 'No connection' };

/** The service worker caches this page and shows it in place of any page that cannot be loaded. */
export default function OfflinePage() {
  return <OfflineSuite />;
}
