/**
 * Statements that a user wants a webhook at a URL. The notification service takes one, because a webhook keeps sending
 * changes of the tasks when the session that added it has ended: it needs a recent proof, and its user is told by mail.
 */
import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint, sensitiveSessionMiddleware } from 'better-auth/api';
import { type JwtOptions, signJWT } from 'better-auth/plugins';
import { z } from 'zod';
import { log } from '@/lib/log';
import type { MailQueue } from './mail/queue';
import { requireProof } from './second-factor/proof';

/** The audience that the notification service requires of the statement. */
const AUDIENCE = 'todo/webhook';
const STATEMENT_SECONDS = 120;
const NO_URL = { code: 'INVALID_URL', message: 'url: is not the URL of a server, such as https://example.com/todo' };

export function webhookStatements(tokens: JwtOptions, mails: MailQueue) {
  return {
    id: 'webhook-statements',
    endpoints: {
      stateWebhook: createAuthEndpoint(
        '/webhook-statement',
        { method: 'POST', use: [sensitiveSessionMiddleware], body: z.object({ url: z.string().min(1) }) },
        async (context) => {
          const host = hostOf(context.body.url);
          if (host === null) throw new APIError('BAD_REQUEST', NO_URL);
          await requireProof(context, { ofEverybody: true });
          const { session, user } = context.context.session;
          const iat = Math.floor(Date.now() / 1000);
          const claims = { aud: AUDIENCE, sub: user.id, url: context.body.url };
          const payload = { ...claims, iat, exp: iat + STATEMENT_SECONDS };
          const statement = await signJWT(context, { options: tokens, payload });
          log('info', 'webhook_added', { user_id: user.id, session_id: session.id });
          await mails.add(context, 'webhook-added', user.email, { host });
          return context.json({ statement });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}

/** Returns the host that the mail names, or null if it is not the URL of a server. */
function hostOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return ['https:', 'http:'].includes(protocol) && host ? host : null;
}
