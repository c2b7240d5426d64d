/**
 * Passkeys: a sign-in without a password. One counts for two factors, because the device has to verify its user. The library
 * leaves that open, as it does who may add one, and whether a credential belongs to one account only.
 */
import { passkey } from '@better-auth/passkey';
import type { BetterAuthPlugin, GenericEndpointContext } from 'better-auth';
import { APIError, createAuthEndpoint, createAuthMiddleware, sessionMiddleware } from 'better-auth/api';
import { log } from '@/lib/log';
import type { MailQueue } from './mail/queue';
import { requireProof } from './second-factor/proof';
import { deviceOf } from './sessions';

export interface Passkey {
  id: string;
  /** The browser and system that it was added with. */
  name: string;
  /** RFC 3339. */
  createdAt: string;
}

interface Row extends Record<string, unknown> {
  id: string;
  name: string | null;
  createdAt: Date;
}

const ADD = '/passkey/verify-registration';
const DELETE = '/passkey/delete-passkey';
const GUARDED = ['/passkey/generate-register-options', ADD, DELETE];
const MAX_PASSKEYS = 20;
const NOT_VERIFIED = {
  code: 'USER_NOT_VERIFIED',
  message: 'The passkey did not verify its user. Use one with a PIN, a fingerprint or a face.',
};
const KNOWN = { code: 'PASSKEY_KNOWN', message: 'This passkey has been added already.' };
const TOO_MANY = {
  code: 'TOO_MANY_PASSKEYS',
  message: `There are ${MAX_PASSKEYS} passkeys already. Delete one of them.`,
};

export function passkeys(publicUrl: string, otherOrigins: string[], mails: MailQueue) {
  return [
    passkey({
      rpID: new URL(publicUrl).hostname,
      rpName: 'Todo',
      origin: [publicUrl, ...otherOrigins],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      registration: {
        afterVerification: async ({ ctx, verification, user }) => {
          if (!verification.registrationInfo?.userVerified) throw new APIError('BAD_REQUEST', NOT_VERIFIED);
          const { adapter } = ctx.context;
          const credentialID = verification.registrationInfo.credential.id;
          const where = [{ field: 'credentialID', value: credentialID }];
          if (await adapter.findOne({ model: 'passkey', where })) throw new APIError('CONFLICT', KNOWN);
          const count = await adapter.count({ model: 'passkey', where: [{ field: 'userId', value: user.id }] });
          if (count >= MAX_PASSKEYS) throw new APIError('CONFLICT', TOO_MANY);
          return { userId: user.id, name: deviceOf(ctx.headers?.get('user-agent')) || 'Passkey' };
        },
      },
      authentication: {
        afterVerification: ({ verification }) => {
          if (!verification.authenticationInfo.userVerified) throw new APIError('UNAUTHORIZED', NOT_VERIFIED);
          return Promise.resolve();
        },
      },
    }),
    rules(mails),
  ] as const;
}

function rules(mails: MailQueue) {
  return {
    id: 'passkey-rules',
    endpoints: {
      listOwnPasskeys: createAuthEndpoint('/passkeys', { method: 'GET', use: [sessionMiddleware] }, async (context) =>
        context.json(await passkeysOf(context)),
      ),
    },
    hooks: {
      before: [
        {
          matcher: ({ path }) => GUARDED.includes(path ?? ''),
          handler: createAuthMiddleware((context) => requireProof(context, { ofEverybody: true })),
        },
      ],
      after: [
        {
          matcher: ({ path }) => path === ADD || path === DELETE,
          handler: createAuthMiddleware(async (context) => {
            const { returned, session } = context.context;
            if (!session || returned instanceof APIError) return;
            const isNew = context.path === ADD;
            log('info', isNew ? 'passkey_added' : 'passkey_deleted', { user_id: session.user.id });
            if (isNew) await mails.add(context, 'passkey-added', session.user.email);
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin;
}

/** Returns the passkeys of the request's user, the newest first. */
export async function passkeysOf(context: GenericEndpointContext): Promise<Passkey[]> {
  const rows = await context.context.adapter.findMany<Row>({
    model: 'passkey',
    where: [{ field: 'userId', value: context.context.session?.user.id ?? '' }],
    sortBy: { field: 'createdAt', direction: 'desc' },
  });
  return rows.map(({ id, name, createdAt }) => ({ id, name: name ?? '', createdAt: createdAt.toISOString() }));
}
