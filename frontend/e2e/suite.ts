/**
 * Starts the suite as its users do, in a folder and on ports of its own, and forgets it at the end; or takes the one
 * that runs at TODO_WEB_URL already.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const PORTS = 800;

export default async function start(): Promise<(() => void) | undefined> {
  if (process.env.TODO_WEB_URL) return undefined;
  const home = mkdtempSync(join(tmpdir(), 'todo-e2e-'));
  chmodSync(home, 0o755); // Postgres does not run as root
  const port = await freeBase();
  const social = { GITHUB_CLIENT_ID: 'github-of-the-tests', GITHUB_CLIENT_SECRET: 'of no use' };
  // The tests are the proxy in front, so that each person may come from an address of their own.
  const proxies = { TRUSTED_PROXIES: '127.0.0.0/8,::1' };
  const environment = {
    ...social,
    ...proxies,
    TODO_HOME: home,
    TODO_PORT: String(port),
    TODO_WEB_PORT: String(port + PORTS - 1),
  };
  Object.assign(process.env, environment, { TODO_WEB_URL: `http://localhost:${port + PORTS - 1}` });
  // The rules answer, whatever key a shell may hold.
  delete process.env.ASSISTANT_API_KEY;
  launcher('up');
  return () => void launcher('reset', '--yes');
}

/** `python -m todo_local …`; answers what it printed. */
export function launcher(...args: string[]): string {
  const result = spawnSync(join(ROOT, '.venv/bin/python'), ['-m', 'todo_local', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (result.status !== 0) throw new Error(`todo_local ${args.join(' ')}: ${result.stdout}${result.stderr}`);
  return result.stdout;
}

/** Below the range from which the system takes ports of its own; the suite says so when one behind it is taken. */
async function freeBase(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 2000) * 10;
    if ((await isFree(port)) && (await isFree(port + PORTS - 1)) && (await isFree(port + 700))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer();
    server.once('error', () => answer(false));
    server.listen(port, '127.0.0.1', () => server.close(() => answer(true)));
  });
}
