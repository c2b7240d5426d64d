/** Runs once before the server takes requests. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  await import('@/lib/check-settings');
  const [{ captureConsole }] = await Promise.all([
    import('@/lib/log'),
    import('@/lib/connections'),
    import('@/lib/shutdown'),
  ]);
  captureConsole();
  (await import('@/lib/auth/server')).auth();
}
