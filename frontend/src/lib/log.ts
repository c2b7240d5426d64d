/** JSON lines on standard output, with the same keys as those of the other services. */
import { format } from 'node:util';

type Level = 'info' | 'warning' | 'error';

/** JSON escapes characters below the space only. Terminals also act on the control characters from DEL on. */
export function logLine(level: Level, event: string, fields: Record<string, unknown> = {}): string {
  const line = JSON.stringify({ service: 'frontend', event, ...fields, level, timestamp: new Date().toISOString() });
  return line.replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function log(level: Level, event: string, fields: Record<string, unknown> = {}): void {
  process.stdout.write(`${logLine(level, event, fields)}\n`);
}

/** Turns each console call into one log line: Next and Better Auth also print content of requests. */
export function captureConsole(): void {
  const levels = { debug: 'info', info: 'info', log: 'info', warn: 'warning', error: 'error' } as const;
  for (const [name, level] of Object.entries(levels))
    console[name as keyof typeof levels] = (...values: unknown[]) => {
      log(level, 'console', { message: format(...values) });
    };
}
