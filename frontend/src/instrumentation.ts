/** Runs once before the server takes requests. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs')
    await Promise.all([import('@/lib/check-settings'), import('@/lib/ending')]);
}
