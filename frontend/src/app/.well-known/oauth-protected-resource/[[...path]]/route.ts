import { forward } from '@/lib/forward';

export const dynamic = 'force-dynamic';

export { forward as GET };
