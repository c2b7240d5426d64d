import { notFound } from 'next/navigation';
import { viewNamed } from '@/lib/views';
import { CurrentView } from '@/features/shell/current-view';

export async function generateMetadata({ params }: PageProps<'/[view]'>) {
  return { title: viewNamed((await params).view)?.title ?? 'Not found' };
}

export default async function ViewPage({ params }: PageProps<'/[view]'>) {
  if (!viewNamed((await params).view)) notFound();
  return <CurrentView />;
}
