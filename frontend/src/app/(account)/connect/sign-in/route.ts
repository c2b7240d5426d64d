import { withoutSignature } from '@/lib/auth/apps/requests';

/** Redirects to the sign-in, which then returns to the app's authorization request. */
export function GET(request: Request): Response {
  const back = `/api/auth/oauth2/authorize?${withoutSignature(new URL(request.url).search)}`;
  return new Response(null, { status: 302, headers: { Location: `/sign-in?back=${encodeURIComponent(back)}` } });
}
