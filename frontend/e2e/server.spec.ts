import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';

const SERVER = join(resolve(import.meta.dirname, '..'), '.builds/current/server.js');

test('the server ends at once when a setting is wrong, with a line for each', () => {
  const env = { PATH: process.env.PATH, PORT: '0', PUBLIC_URL: 'nonsense', GITHUB_CLIENT_ID: 'alone' };
  const { status, stderr } = spawnSync(process.execPath, [SERVER], {
    env: env as unknown as NodeJS.ProcessEnv,
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(status).toBe(2);
  for (const name of ['PUBLIC_URL', 'BACKEND_URL', 'AUTH_DATABASE_URL', 'AUTH_SECRET', 'GITHUB_CLIENT_SECRET'])
    expect(stderr).toContain(name);
});
