// Makes `.next/standalone`: the server with what it needs, its static files, and the migrations of sign-in's tables.
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { build } from 'esbuild';

const { status } = spawnSync('npx', ['next', 'build'], {
  stdio: 'inherit',
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
});
if (status !== 0) process.exit(status ?? 1);

await build({
  entryPoints: ['scripts/migrate.ts'],
  outfile: '.next/standalone/migrate.cjs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['pg-native'],
  logLevel: 'warning',
});
cpSync('.next/static', '.next/standalone/.next/static', { recursive: true });
cpSync('public', '.next/standalone/public', { recursive: true });
