export const dynamic = 'force-dynamic';

/** Liveness check: it does not depend on the database or the task API. */
export function GET(): Response {
  return Response.json({ status: 'ok' });
}
