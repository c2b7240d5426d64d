/** Handles requests to /api/auth: checks the request before Better Auth reads it, and sets headers of every response. */
import { BodyRefused, readBody } from '@/lib/bounded-body';
import { type Endpoint, endpointsOf, fieldProblem } from './endpoints';
import { type Guesses, limitGuesses } from './guesses';
import { limitMails } from './mail/limits';
import { withoutCookie } from './terminal';

const BASE = '/api/auth';
const BODY_LIMITS = { bytes: 64 * 1024, milliseconds: 10_000 };

export type Handler = (request: Request) => Promise<Response>;

export async function handle(request: Request, guesses: Guesses, next: Handler): Promise<Response> {
  const response = new Response(...(await answered(request, guesses, next)));
  response.headers.set('Cache-Control', 'no-store');
  response.headers.set('X-Content-Type-Options', 'nosniff');
  return withoutCookie(request, response);
}

/** Returns the arguments of a new response: the headers of some of Better Auth's responses are immutable. */
async function answered(request: Request, guesses: Guesses, next: Handler): Promise<[BodyInit | null, ResponseInit]> {
  const response = await answer(request, guesses, next);
  return [response.body, response];
}

async function answer(request: Request, guesses: Guesses, next: Handler): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const path = pathname.slice(BASE.length);
  const endpoints = endpointsOf(path);
  const endpoint = endpoints.find(({ method }) => method === request.method);
  if (endpoints.length === 0) return refused(404, 'There is no such endpoint');
  if (!endpoint)
    return refused(405, 'The endpoint does not take this method', { Allow: endpoints.map((e) => e.method).join(', ') });
  // Better Auth takes some fields from the query, too, past the checks of the body.
  if (endpoint.fields && search !== '') return refused(400, 'The endpoint takes its fields in the body, and no query');
  if (endpoint.method === 'GET') return limitGuesses(path, request, {}, guesses, () => next(request));
  try {
    const bytes = await readBody(request, BODY_LIMITS);
    const body = endpoint.fields ? fieldsOf(request, bytes, endpoint.fields) : {};
    const headers = new Headers(request.headers);
    headers.delete('content-length'); // it may be wrong, and a chunked body has none
    const whole = new Request(request.url, { method: request.method, headers, body: bytes });
    return (
      (await limitMails(path, request, body, guesses.attempts)) ??
      (await limitGuesses(path, request, body, guesses, () => next(whole)))
    );
  } catch (error) {
    if (error instanceof FieldsRefused) return refused(400, error.message);
    if (!(error instanceof BodyRefused)) throw error;
    return refused(error.status, error.message, { Connection: 'close' }); // otherwise Node reads the rest of the body
  }
}

class FieldsRefused extends Error {}

/** Returns the fields of a JSON body. Throws FieldsRefused, which names the invalid field. */
function fieldsOf(
  request: Request,
  bytes: Uint8Array,
  fields: NonNullable<Endpoint['fields']>,
): Record<string, unknown> {
  if (bytes.length === 0) return {};
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new FieldsRefused('Content-Type: needs application/json');
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new FieldsRefused('the body is not JSON');
  }
  const problem = fieldProblem(body, fields);
  if (problem !== null) throw new FieldsRefused(problem);
  return body as Record<string, unknown>;
}

function refused(status: number, message: string, headers: Record<string, string> = {}): Response {
  return Response.json({ message }, { status, headers });
}
