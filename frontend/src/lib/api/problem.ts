/** An answer that is no success: RFC 9457 problem details as the services make them. */
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

/** What a person is told of a failure: what is wrong, and where. */
export function explain(error: unknown): string {
  if (error instanceof Problem) {
    const [first] = error.errors;
    return first ? `${first.field.replaceAll('_', ' ')}: ${first.message}` : error.detail;
  }
  if (error instanceof TypeError) return 'The server cannot be reached. Try again in a moment.';
  return error instanceof Error ? error.message : String(error);
}

/** Whether to try again as it is: nobody answered, or somebody who is only busy. */
export function isPassing(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Problem && [429, 502, 503, 504].includes(error.status));
}
