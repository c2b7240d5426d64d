/** Time-based codes (RFC 6238), as Better Auth checks them: six digits, SHA-1, 30 seconds, one step of tolerance. */
import { createHmac } from 'node:crypto';

const STEP_MS = 30_000;
const TOLERANCE = 1;

/** Returns the time step that a code is for, or null if the code is wrong. */
export function stepOf(secret: string, code: string, now: number): number | null {
  const current = Math.floor(now / STEP_MS);
  for (let step = current - TOLERANCE; step <= current + TOLERANCE; step++)
    if (codeOf(secret, step) === code) return step;
  return null;
}

export function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
