/** A request body is too large or too late. `status` is the status of the response. */
export class BodyRefused extends Error {
  constructor(
    readonly status: 408 | 413,
    message: string,
  ) {
    super(message);
  }
}

interface Limits {
  bytes: number;
  milliseconds: number;
}

/**
 * Reads the whole body of a request. Throws BodyRefused as soon as the body exceeds the limit, whatever Content-Length
 * says, or if it does not arrive in time.
 */
export async function readBody(request: Request, { bytes, milliseconds }: Limits): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = new BodyRefused(413, `the body is larger than ${bytes} bytes`);
  if (Number(request.headers.get('content-length') ?? 0) > bytes) throw tooLarge;
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  let late: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    late = setTimeout(() => {
      reject(new BodyRefused(408, `the body did not arrive within ${milliseconds / 1000} seconds`));
    }, milliseconds);
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), deadline]);
      if (done) return joined(chunks, size);
      size += value.length;
      if (size > bytes) throw tooLarge;
      chunks.push(value);
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(late);
  }
}

function joined(chunks: Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
