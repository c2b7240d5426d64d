import { withoutSignature } from '@/lib/auth/apps/requests';

/** Signs the person in and leads back to what the app has asked for. */
export function GET(request: Request): Response {
  const back = `/api/auth/oauth2/authorize?${withoutSignature(new URL(request.url).search)}`;
  return new Response(null, { status: 302, headers: { Location: `/sign-in?back=${encodeURIComponent(back)}` } });
}
