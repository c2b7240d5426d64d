import { symmetricDecrypt } from 'better-auth/crypto';
import type { Jwk, JwtOptions } from 'better-auth/plugins';

type Adapter = NonNullable<JwtOptions['adapter']>;
type Context = Parameters<NonNullable<Adapter['getJwks']>>[0];

/**
 * Returns the keys that sign tokens. A key that was encrypted with another secret (AUTH_SECRET was changed) cannot
 * sign: it is returned as expired, so that a new key is created. It stays published while its tokens may be in use.
 */
export async function signingKeys(context: Context): Promise<Jwk[]> {
  const keys = await context.context.adapter.findMany<Jwk>({ model: 'jwks' });
  const past = new Date(Date.now() - 1); // a key that expires in this millisecond would still be used
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
