// Builds `.next/standalone`: the server with its dependencies and static files, the migrations of sign-in's tables, the
// operator's command, and the service worker that caches the static files in the browser.
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const { status } = spawnSync('npx', ['next', 'build'], {
  stdio: 'inherit',
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
});
if (status !== 0) process.exit(status ?? 1);

await build({
  entryPoints: ['scripts/migrate.ts', 'scripts/accounts.ts'],
  outdir: '.next/standalone',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['pg-native'],
  logLevel: 'warning',
});
cpSync('.next/static', '.next/standalone/.next/static', { recursive: true });
cpSync('public', '.next/standalone/public', { recursive: true });

const files = readdirSync('.next/static', { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
for (const { name, parentPath } of files.filter((file) => /\.(js|css)$/.test(file.name))) {
  const path = join(parentPath, name);
  writeFileSync(join('.next/standalone', `${path}.br`), brotliCompressSync(readFileSync(path)));
}
await build({
  entryPoints: ['worker/worker.ts'],
  outfile: '.next/standalone/public/worker.js',
  bundle: true,
  minify: true,
  define: {
    BUILD: JSON.stringify(readFileSync('.next/BUILD_ID', 'utf8')),
    FILES: JSON.stringify(files.map((file) => `/_${join(file.parentPath, file.name).slice(1)}`)),
  },
  logLevel: 'warning',
});
