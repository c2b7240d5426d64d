import { symmetricEncrypt } from 'better-auth/crypto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { signingKeys } from './keys';

type Context = Parameters<typeof signingKeys>[0];

const NOW = new Date('2026-03-01T12:00:00Z');
const SECRET = 'the secret of this server, long enough';

beforeEach(() => vi.useFakeTimers({ now: NOW }));
afterEach(() => vi.useRealTimers());

async function keySealedBy(secret: string, expiresAt?: Date) {
  const privateKey = JSON.stringify(await symmetricEncrypt({ key: secret, data: '{}' }));
  return { id: 'key', publicKey: '{}', privateKey, createdAt: new Date('2026-02-01T00:00:00Z'), expiresAt };
}

async function published(key: Awaited<ReturnType<typeof keySealedBy>>) {
  const findMany = () => Promise.resolve([key]);
  const [only] = await signingKeys({ context: { adapter: { findMany }, secretConfig: SECRET } } as unknown as Context);
  return only;
}

it('leaves a key of this secret as it is', async () => {
  const key = await keySealedBy(SECRET, new Date('2026-03-03T00:00:00Z'));
  expect(await published(key)).toEqual(key);
});

it('lets a key of another secret sign nothing from this very moment', async () => {
  for (const ends of [undefined, new Date('2026-03-03T00:00:00Z'), NOW]) {
    const key = await published(await keySealedBy('the secret of another one, as long as it', ends));
    expect(key?.expiresAt?.getTime()).toBeLessThan(NOW.getTime());
  }
});

it('does not lengthen the life of one that has ended', async () => {
  const ended = new Date('2026-02-20T00:00:00Z');
  expect((await published(await keySealedBy('the secret of another one, as long as it', ended)))?.expiresAt).toEqual(
    ended,
  );
});
