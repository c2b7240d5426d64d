/**
 * Starts the suite as its users do, with its own folder and ports, and deletes it at the end. If TODO_WEB_URL is set,
 * the tests use the suite that runs there.
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
  // The tests act as the trusted proxy, so that each person can have a different address.
  const proxies = { TRUSTED_PROXIES: '127.0.0.0/8,::1' };
  const environment = {
    ...social,
    ...proxies,
    TODO_HOME: home,
    TODO_PORT: String(port),
    TODO_WEB_PORT: String(port + PORTS - 1),
  };
  Object.assign(process.env, environment, { TODO_WEB_URL: `http://localhost:${port + PORTS - 1}` });
  // The rules answer, even if the shell has a key of a provider.
  delete process.env.ASSISTANT_API_KEY;
  launcher('up');
  return () => void launcher('reset', '--yes');
}

/** Runs `python -m todo_local …` and returns its output. */
export function launcher(...args: string[]): string {
  const result = spawnSync(join(ROOT, '.venv/bin/python'), ['-m', 'todo_local', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (result.status !== 0) throw new Error(`todo_local ${args.join(' ')}: ${result.stdout}${result.stderr}`);
  return result.stdout;
}

/** Picks a free base below the system's ephemeral ports. If another port of the range is taken, the suite says so. */
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
