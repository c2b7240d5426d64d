import 'server-only';
import { auth } from '@/lib/auth/server';

/** Returns the registered name of an app, its client id if it has no name, or null if there is no such app. */
export async function nameOfApp(clientId: string): Promise<string | null> {
  const { adapter } = await auth().$context;
  const client = await adapter.findOne<{ name: string | null; clientId: string }>({
    model: 'oauthClient',
    where: [{ field: 'clientId', value: clientId }],
  });
  return client && (client.name ?? client.clientId);
}
