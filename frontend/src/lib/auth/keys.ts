import { symmetricDecrypt } from 'better-auth/crypto';
import type { Jwk, JwtOptions } from 'better-auth/plugins';

type Adapter = NonNullable<JwtOptions['adapter']>;
type Context = Parameters<NonNullable<Adapter['getJwks']>>[0];

/**
 * The keys that sign tokens. One that another secret has sealed (AUTH_SECRET was changed) can sign nothing here: it counts
 * as ended, so that a new one is made, and is published as long as its tokens may be about.
 */
export async function signingKeys(context: Context): Promise<Jwk[]> {
  const keys = await context.context.adapter.findMany<Jwk>({ model: 'jwks' });
  const past = new Date(Date.now() - 1); // a key that ends in this very millisecond would still be signed with
  return Promise.all(
    keys.map(async (key) => ((await opens(context, key)) ? key : { ...key, expiresAt: sooner(key, past) })),
  );
}

async function opens(context: Context, key: Jwk): Promise<boolean> {
  try {
    await symmetricDecrypt({ key: context.context.secretConfig, data: JSON.parse(key.privateKey) as string });
    return true;
  } catch {
    return false;
  }
}

function sooner(key: Jwk, moment: Date): Date {
  return key.expiresAt && key.expiresAt < moment ? key.expiresAt : moment;
}
