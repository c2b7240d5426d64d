// Writes the types of the API client from the committed contracts. With --check, fails if they are stale.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const SERVICES = ['task-api', 'notification-service', 'recurring-tasks-service', 'audit-service'];
const contracts = new URL('../../specs/005-event-driven-suite/contracts/', import.meta.url);
const generated = new URL('../src/lib/api/generated/', import.meta.url);
const check = process.argv.includes('--check');

await mkdir(generated, { recursive: true });
const stale = [];
for (const service of SERVICES) {
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
