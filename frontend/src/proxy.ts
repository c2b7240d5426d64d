import { type NextRequest, NextResponse } from 'next/server';
import { policyOf } from '@/lib/policy';

/** Sets a content security policy with a new nonce on every page. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = policyOf(nonce, {
    development: process.env.NODE_ENV === 'development',
    chatkit: Boolean(process.env.CHATKIT_DOMAIN_KEY),
  });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search);
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

/** Matches all paths except those that are not documents. */
export const config = {
  matcher: [
    '/((?!api/|mcp$|\\.well-known/|health$|_next/static/|icon\\.svg$|icon-192\\.png$|icon-512\\.png$|manifest\\.webmanifest$|worker\\.js$).*)',
  ],
};
