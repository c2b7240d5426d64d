import type { Pool, PoolClient } from 'pg';

/** Runs statements in one transaction, outside of Better Auth's. */
export async function transaction<T>(database: Pool, run: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await database.connect();
  try {
    await client.query('BEGIN');
    const result = await run(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
