// @vitest-environment node
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { jwt } from 'better-auth/plugins';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { revoke } from './revocation';

const ORIGIN = 'http://localhost:3000';
const options = { jwks: { keyPairConfig: { alg: 'EdDSA' } }, jwt: { issuer: ORIGIN, audience: 'todo' } } as const;
let received: IncomingMessage[];
let status: number;
const server = createServer((request, response) => {
  received.push(request);
  response.writeHead(status).end();
});

beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
afterAll(() => server.close());
beforeEach(() => {
  [received, status] = [[], 204];
});

function signIn(backendUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`) {
  return betterAuth({
    baseURL: ORIGIN,
    secret: 'a secret that is long enough for the test',
    database: memoryAdapter({ user: [], session: [], account: [], verification: [], jwks: [] }),
    emailAndPassword: { enabled: true },
    databaseHooks: {
      session: {
        delete: {
          after: async (session, context) => {
            if (context)
              await revoke(context, { backendUrl, options, userId: session.userId, grant: { sid: session.id } });
          },
        },
      },
    },
    plugins: [jwt(options)],
  });
}

async function signOut(auth: ReturnType<typeof signIn>) {
  const body = { name: 'Ann', email: 'ann@example.com', password: 'correct horse battery' };
  const { headers, response } = await auth.api.signUpEmail({ body, returnHeaders: true });
  const cookie = new Headers({
    cookie: headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; '),
  });
  const session = await auth.api.getSession({ headers: cookie });
  await auth.api.signOut({ headers: cookie });
  return { userId: response.user.id, sid: session?.session.id };
}

it('says by a signed token of its own audience which session has ended', async () => {
  const auth = signIn();
  const { userId, sid } = await signOut(auth);
  const [request] = received;
  expect([request?.method, request?.url]).toEqual(['POST', '/api/revocations']);
  const token = request?.headers.authorization?.replace('Bearer ', '') ?? '';
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
  expect(claims).toEqual({
    iss: ORIGIN,
    aud: 'todo/revocations',
    sub: userId,
    sid,
    iat: expect.any(Number) as number,
    exp: Number(claims.iat) + 1200,
  });
});

it('lets people sign out while the task API is away, and says it later', async () => {
  const silenced = vi.spyOn(console, 'error').mockReturnValue(undefined);
  status = 503;
  await signOut(signIn());
  expect(received).toHaveLength(1);
  status = 204;
  await vi.waitFor(() => expect(received).toHaveLength(2), 5000);
  expect(received[1]?.headers.authorization).toBe(received[0]?.headers.authorization);
  silenced.mockRestore();
});
