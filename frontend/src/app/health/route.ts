export const dynamic = 'force-dynamic';

/** Touches nothing: whether the process answers. */
export function GET(): Response {
  return Response.json({ status: 'ok' });
}
