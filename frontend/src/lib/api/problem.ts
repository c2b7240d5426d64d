/** An error response: the services send RFC 9457 problem details. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: { field: string; message: string }[] = [],
  ) {
    super(detail);
  }
}

export function problemOf(status: number, body: unknown): Problem {
  const found = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>;
  const detail = found.detail ?? `the server answered ${status}`;
  return new Problem(status, found.code ?? 'unknown', detail, found.errors ?? []);
}

/** Returns the message shown for an error: what is wrong, and in which field. */
export function explain(error: unknown): string {
  if (error instanceof Problem) {
    const [first] = error.errors;
    return first ? `${first.field.replaceAll('_', ' ')}: ${first.message}` : error.detail;
  }
  if (error instanceof TypeError) return 'The server cannot be reached. Try again in a moment.';
  return error instanceof Error ? error.message : String(error);
}

/** Whether a retry may succeed: there was no response, or the server is busy or unavailable. */
export function isPassing(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Problem && [429, 502, 503, 504].includes(error.status));
}
