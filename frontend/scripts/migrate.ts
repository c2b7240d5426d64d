/** Brings the tables of sign-in up to date, as the schema's owner: AUTH_DATABASE_URL is the owner's here. */
import { getMigrations } from 'better-auth/db/migration';
import { Pool } from 'pg';
import { authOptions } from '@/lib/auth/options';
import { readSettings } from '@/lib/settings';

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const database = new Pool({ connectionString: settings.databaseUrl, max: 1 });
  const options = authOptions(settings, database, () => Promise.resolve()); // no session ends here
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
