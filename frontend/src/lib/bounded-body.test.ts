// @vitest-environment node
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readBody } from './bounded-body';

const LIMITS = { bytes: 4, milliseconds: 1000 };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A request whose body has these parts. Without `ends` the body stays open. */
function sent(parts: string[], { ends = true, headers = {} } = {}) {
  const cancelled = vi.fn();
  const body = new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
      if (ends) controller.close();
    },
    cancel: cancelled,
  });
  const request = new Request('http://localhost', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
  return { request, cancelled };
}

it('is read whole', async () => {
  expect(new TextDecoder().decode(await readBody(sent(['a', 'bcd']).request, LIMITS))).toBe('abcd');
  expect(await readBody(new Request('http://localhost', { method: 'POST' }), LIMITS)).toHaveLength(0);
});

it('is given up when it is larger than allowed, without waiting for its end', async () => {
  const { request, cancelled } = sent(['ab', 'cd', 'e'], { ends: false });
  await expect(readBody(request, LIMITS)).rejects.toMatchObject({ status: 413 });
  expect(cancelled).toHaveBeenCalled();
});

it('is not read when it is said to be larger', async () => {
  const { request } = sent([], { ends: false, headers: { 'content-length': '5' } });
  await expect(readBody(request, LIMITS)).rejects.toMatchObject({ status: 413 });
});

it('is given up when it does not arrive in time', async () => {
  const { request, cancelled } = sent(['a'], { ends: false });
  const read = expect(readBody(request, LIMITS)).rejects.toMatchObject({ status: 408 });
  await vi.advanceTimersByTimeAsync(1000);
  await read;
  expect(cancelled).toHaveBeenCalled();
});
