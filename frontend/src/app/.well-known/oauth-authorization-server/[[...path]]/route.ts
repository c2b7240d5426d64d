import { oauthProviderAuthServerMetadata } from '@better-auth/oauth-provider';
import { auth } from '@/lib/auth/server';

export const dynamic = 'force-dynamic';

/** RFC 8414: the location for the issuer, and the one for the base path of sign-in, where some clients look first. */
const PLACES = ['', 'api/auth'];

export async function GET(
  request: Request,
  { params }: RouteContext<'/.well-known/oauth-authorization-server/[[...path]]'>,
): Promise<Response> {
  const { path = [] } = await params;
  if (!PLACES.includes(path.join('/'))) return new Response(null, { status: 404 });
  return oauthProviderAuthServerMetadata(auth(), { headers: { 'Access-Control-Allow-Origin': '*' } })(request);
}
