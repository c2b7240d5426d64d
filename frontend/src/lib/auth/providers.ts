import type { DBTransactionAdapter } from 'better-auth';

/**
 * Ends the ways into an account by other services, such as Google: somebody else may have connected one. Who signs in by a
 * service with the confirmed address of the account is connected again.
 */
export async function endProviders(adapter: DBTransactionAdapter, userId: string): Promise<void> {
  const others = { field: 'providerId', operator: 'ne' as const, value: 'credential' };
  await adapter.deleteMany({ model: 'account', where: [{ field: 'userId', value: userId }, others] });
}
