import { log } from '@/lib/log';
import { settings } from '@/lib/settings';

/** Request headers to forward. The cookie is not one of them: the task API identifies users by their tokens. */
const PASSED_ON = [
  'accept',
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'last-event-id',
  'traceparent',
  'undo-step',
];
/** Paths outside /api/ that the task API serves. */
const ELSEWHERE = ['/mcp', '/.well-known/oauth-protected-resource', '/.well-known/oauth-protected-resource/mcp'];
/** All MCP headers are forwarded: a new version of the protocol may add some. */
const MCP_PREFIX = 'mcp-';
const NOT_PASSED_BACK = ['connection', 'content-encoding', 'content-length', 'keep-alive', 'transfer-encoding'];

/** Forwards a request to the task API and streams the response back. In a cluster the gateway does this. */
export async function forward(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  // `new URL` has resolved dot segments, also encoded ones: the path may lie outside /api/.
  if (!pathname.startsWith('/api/') && !ELSEWHERE.includes(pathname)) return new Response(null, { status: 404 });
  const headers = new Headers();
  for (const name of PASSED_ON) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  for (const [name, value] of request.headers) if (name.startsWith(MCP_PREFIX)) headers.set(name, value);
  try {
    const answer = await fetch(settings().backendUrl + pathname + search, {
      method: request.method,
      headers,
      body: request.body,
      duplex: 'half',
      redirect: 'manual',
      cache: 'no-store',
      signal: request.signal,
    } as RequestInit);
    const passedBack = new Headers(answer.headers);
    for (const name of NOT_PASSED_BACK) passedBack.delete(name);
    // Compression would delay the events of a live stream.
    if (answer.headers.get('content-type')?.startsWith('text/event-stream'))
      passedBack.set('cache-control', 'no-store, no-transform');
    return new Response(answer.body, { status: answer.status, headers: passedBack });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    log('error', 'task_api_unavailable', { setting: 'BACKEND_URL', error: String(error) });
    return Response.json(
      {
        type: 'about:blank',
        title: 'A dependency is unavailable',
        status: 503,
        code: 'unavailable',
        detail: 'the task API does not answer; try again in a moment',
      },
      { status: 503, headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '1' } },
    );
  }
}
