/**
 * The rules around Better Auth's `twoFactor`: a code works once, wrong codes are limited, a sign-in by another service asks
 * for the code too, and what weakens or shares an account needs a recent proof.
 */
import type { BetterAuthPlugin, GenericEndpointContext } from 'better-auth';
import {
  APIError,
  createAuthEndpoint,
  createAuthMiddleware,
  getSessionFromCtx,
  sensitiveSessionMiddleware,
} from 'better-auth/api';
import type { Pool } from 'pg';
import { z } from 'zod';
import { Attempts } from '@/lib/auth/attempts';
import type { MailQueue } from '@/lib/auth/mail/queue';
import { log } from '@/lib/log';
import { CodeAttempts, WRONG } from './attempt';
import { askForCode, challengedUser } from './challenge';
import { NOT_FRESH, requireProof, WRONG_PASSWORD } from './proof';

const TOTP = '/two-factor/verify-totp';
const RECOVERY = '/two-factor/verify-backup-code';
/** Requests that need a recent proof. Turning the second step on again would replace its secret. */
const GUARDED = [
  ...['/two-factor/enable', '/two-factor/disable', '/two-factor/generate-backup-codes'],
  ...['/oauth2/consent', '/device/approve', '/change-password'],
];
/** Requests whose new session has just been proved. The first session of a sign-in with two factors is deleted again. */
const PROOFS = [
  ...['/sign-in/email', '/sign-up/email', '/sign-up/confirm', '/callback/:id', '/passkey/verify-authentication'],
  ...[TOTP, RECOVERY],
];
const NO_CODE = { code: 'CODE_REQUIRED', message: 'Enter the code of your authenticator app, too.' };

type User = { id: string; email: string; twoFactorEnabled?: boolean | null };

export function secondFactor(database: Pool, secret: string, mails: MailQueue) {
  const codes = new CodeAttempts(database, new Attempts(database, secret));
  const userIdOf = async (context: GenericEndpointContext) =>
    (await getSessionFromCtx(context))?.user.id ?? (await challengedUser(context));

  return {
    id: 'second-factor',
    schema: {
      session: { fields: { provedAt: { type: 'date', required: false, input: false } } },
      twoFactor: { fields: { lastStep: { type: 'number', required: false, input: false, returned: false } } },
    },
    init: () => ({
      options: {
        databaseHooks: {
          session: {
            create: {
              before: (_session: object, context: { path?: string } | null) =>
                Promise.resolve(PROOFS.includes(context?.path ?? '') ? { data: { provedAt: new Date() } } : undefined),
            },
          },
          user: {
            update: {
              after: async (user: User, context: GenericEndpointContext | null) => {
                if (context?.path !== TOTP && context?.path !== '/two-factor/disable') return;
                const kind = context.path === TOTP ? 'two-factor-on' : 'two-factor-off';
                log('info', kind.replaceAll('-', '_'), { user_id: user.id });
                await mails.add(context, kind, user.email);
              },
            },
          },
        },
      },
    }),
    endpoints: {
      prove: createAuthEndpoint(
        '/prove',
        {
          method: 'POST',
          use: [sensitiveSessionMiddleware],
          body: z.object({ password: z.string(), code: z.string().optional() }),
        },
        async (context) => {
          const { internalAdapter, password, session } = context.context;
          const user = session.user as User;
          const { code } = context.body;
          const account = await internalAdapter.findCredentialAccount(user.id);
          const hash = account?.password;
          if (!hash) throw new APIError('FORBIDDEN', NOT_FRESH);
          if (!(await password.verify({ hash, password: context.body.password })))
            throw new APIError('BAD_REQUEST', WRONG_PASSWORD);
          if (user.twoFactorEnabled) {
            if (!code) throw new APIError('BAD_REQUEST', NO_CODE);
            await codes.begin(user.id);
            if (!(await codes.claim(context, user.id, code))) throw new APIError('UNAUTHORIZED', WRONG);
            await codes.succeed(user.id);
          }
          await internalAdapter.updateSession(session.session.token, { provedAt: new Date() });
          return context.json({ status: true });
        },
      ),
    },
    hooks: {
      before: [
        {
          matcher: ({ path, body }) => GUARDED.includes(path ?? '') && !(path === '/oauth2/consent' && isDenial(body)),
          handler: createAuthMiddleware((context) => requireProof(context)),
        },
        {
          matcher: ({ path }) => path === TOTP || path === RECOVERY,
          handler: createAuthMiddleware(async (context) => {
            const userId = await userIdOf(context);
            const { code } = (context.body ?? {}) as { code?: unknown };
            if (userId === null || typeof code !== 'string') return; // the endpoint refuses it
            await codes.begin(userId);
            if (context.path === TOTP) await codes.claim(context, userId, code);
          }),
        },
      ],
      after: [
        {
          matcher: ({ path }) => path === TOTP || path === RECOVERY,
          handler: createAuthMiddleware(async (context) => {
            const { newSession, returned, session } = context.context;
            if (returned instanceof APIError) return;
            const user = newSession?.user ?? session?.user;
            if (!user) return;
            await codes.succeed(user.id);
            if (context.path !== RECOVERY) return;
            log('info', 'recovery_code_used', { user_id: user.id });
            await mails.add(context, 'recovery-code-used', user.email);
          }),
        },
        {
          matcher: ({ path }) => path === '/two-factor/generate-backup-codes',
          handler: createAuthMiddleware((context) => {
            const { returned, session } = context.context;
            if (!(returned instanceof APIError)) log('info', 'recovery_codes_replaced', { user_id: session?.user.id });
            return Promise.resolve();
          }),
        },
        {
          // Better Auth asks for the second factor after a password only.
          matcher: ({ path }) => path === '/callback/:id',
          handler: createAuthMiddleware(async (context) => {
            const user = context.context.newSession?.user as User | undefined;
            if (user?.twoFactorEnabled) throw await askForCode(context);
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin;
}

function isDenial(body: unknown): boolean {
  return (body as { accept?: unknown } | undefined)?.accept === false;
}
