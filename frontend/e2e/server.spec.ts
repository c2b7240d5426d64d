import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { expect, test } from '@playwright/test';

const SERVER = join(resolve(import.meta.dirname, '..'), '.builds/current/server.js');

test('the server ends at once when a setting is wrong, with a line for each', async () => {
  const port = String(await freePort());
  const env = { PATH: process.env.PATH, PORT: port, PUBLIC_URL: 'nonsense', GITHUB_CLIENT_ID: 'alone' };
  const { status, stderr } = spawnSync(process.execPath, [SERVER], {
    env: env as unknown as NodeJS.ProcessEnv,
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(status).toBe(2);
  for (const name of [
    'PUBLIC_URL',
    'BACKEND_URL',
    'AUTH_DATABASE_URL',
    'AUTH_SECRET',
    'TRUSTED_PROXIES',
    'GITHUB_CLIENT_SECRET',
  ])
    expect(stderr).toContain(name);
});

test('with a domain key of ChatKit the policy names the host of its component, and no other', async () => {
  const server = spawn(process.execPath, [SERVER], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PORT: String(await freePort()), // Next.js treats port 0 as 3000
      HOSTNAME: '127.0.0.1',
      NODE_ENV: 'production',
      PUBLIC_URL: 'http://localhost',
      BACKEND_URL: 'http://127.0.0.1',
      AUTH_DATABASE_URL: 'postgresql://nobody@127.0.0.1/none',
      AUTH_SECRET: 'x'.repeat(32),
      TRUSTED_PROXIES: 'none',
      CHATKIT_DOMAIN_KEY: 'domain_pk_of_a_test',
    },
  });
  try {
    const answer = await fetch(`${await addressOf(server)}/offline`);
    const hosts = answer.headers.get('content-security-policy')?.match(/https?:[^\s;]+/g);
    expect(new Set(hosts)).toEqual(new Set(['https://cdn.platform.openai.com']));
  } finally {
    server.kill();
  }
});

function freePort(): Promise<number> {
  return new Promise((found, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });
}

/** Reads the server's address from its output. */
async function addressOf(server: ChildProcessByStdio<null, Readable, null>): Promise<string> {
  for await (const line of createInterface(server.stdout)) {
    const port = /Local:\s+http:\/\/[^:]+:(\d+)/.exec(line)?.[1];
    if (port) return `http://127.0.0.1:${port}`;
  }
  throw new Error('the server has ended');
}
