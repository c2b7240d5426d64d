import { auth } from '@/lib/auth/server';
import { withoutCookie } from '@/lib/auth/terminal';

async function handler(request: Request): Promise<Response> {
  return withoutCookie(request, await auth().handler(request));
}

export { handler as GET, handler as POST };
