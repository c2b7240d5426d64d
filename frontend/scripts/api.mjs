// Writes the types of the API client from the committed contracts. With --check, fails if they are stale.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const contracts = new URL('../../specs/005-event-driven-suite/contracts/', import.meta.url);
const generated = new URL('../src/lib/api/generated/', import.meta.url);
const toml = await readFile(new URL('../../services.toml', import.meta.url), 'utf8');
const services = [...toml.matchAll(/^contract = "(.*)"$/gm)].map(([, contract]) => contract);
const check = process.argv.includes('--check');

await mkdir(generated, { recursive: true });
const stale = [];
for (const service of services) {
  const types = astToString(await openapiTS(new URL(`${service}.openapi.yaml`, contracts)));
  const file = new URL(`${service}.d.ts`, generated);
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known === types) continue;
  if (check) stale.push(`src/lib/api/generated/${service}.d.ts`);
  else await writeFile(file, types);
}
if (stale.length > 0) {
  console.error(`stale, run npm run api: ${stale.join(', ')}`);
  process.exit(1);
}
