/** Migrates the tables of sign-in. AUTH_DATABASE_URL must be that of the schema's owner here. */
import { getMigrations } from 'better-auth/db/migration';
import { Pool } from 'pg';
import { authOptions } from '@/lib/auth/options';
import { readSettings } from '@/lib/settings';

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const database = new Pool({ connectionString: settings.databaseUrl, max: 1 });
  const options = authOptions(settings, database, { revoke: () => Promise.resolve(), sendMails: () => undefined });
  const { runMigrations, toBeCreated, toBeAdded } = await getMigrations(options);
  await runMigrations();
  console.log(`sign-in: ${toBeCreated.length} tables made, ${toBeAdded.length} changed`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(
      `the tables of sign-in cannot be migrated: ${error instanceof Error ? error.message : String(error)}`,
    );
    process.exit(1);
  },
);
