import 'server-only';
import { auth } from '@/lib/auth/server';

/** The name under which an app has registered, or null when there is no such app. */
export async function nameOfApp(clientId: string): Promise<string | null> {
  const { adapter } = await auth().$context;
  const client = await adapter.findOne<{ name: string | null; clientId: string }>({
    model: 'oauthClient',
    where: [{ field: 'clientId', value: clientId }],
  });
  return client && (client.name ?? client.clientId);
}
