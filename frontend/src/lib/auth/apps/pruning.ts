import type { Pool } from 'pg';
import { log } from '@/lib/log';

/** How many registered apps without any consent are kept, and for how long. */
const MAX_UNUSED = 10_000;
const UNUSED_DAYS = 7;
/** After this time the app needs a new consent. */
const CONSENT_DAYS = 180;

/** In the order of references: consents, then tokens without a consent, then apps without a consent. */
const STATEMENTS = [
  `DELETE FROM "oauthConsent" WHERE "updatedAt" < now() - interval '${CONSENT_DAYS} days'`,
  `DELETE FROM "oauthAccessToken" t WHERE "expiresAt" < now() OR NOT EXISTS
     (SELECT FROM "oauthConsent" c WHERE c."clientId" = t."clientId" AND c."userId" = t."userId")`,
  `DELETE FROM "oauthRefreshToken" t WHERE "expiresAt" < now() OR NOT EXISTS
     (SELECT FROM "oauthConsent" c WHERE c."clientId" = t."clientId" AND c."userId" = t."userId")`,
  `WITH unused AS (
     SELECT id, "createdAt", row_number() OVER (ORDER BY "createdAt" DESC, id) AS place FROM "oauthClient" a
     WHERE NOT EXISTS (SELECT FROM "oauthConsent" c WHERE c."clientId" = a."clientId"))
   DELETE FROM "oauthClient" WHERE id IN (
     SELECT id FROM unused WHERE place > ${MAX_UNUSED} OR "createdAt" < now() - interval '${UNUSED_DAYS} days')`,
  `DELETE FROM "oauthClientAssertion" WHERE "expiresAt" < now()`,
  `DELETE FROM "failedAttempt" WHERE "startedAt" < now() - interval '1 day' AND "retryAt" < now()`,
  `DELETE FROM "rateLimit" WHERE "lastRequest" < extract(epoch FROM now() - interval '1 day') * 1000`,
  `DELETE FROM "accessToken" WHERE "expiresAt" < now() - interval '90 days'`,
  `DELETE FROM "verification" WHERE "expiresAt" < now() - interval '1 day'`,
];

/** Deletes apps without any consent and expired rows, so that the tables of sign-in do not grow without limit. */
export async function prune(database: Pool): Promise<void> {
  let gone = 0;
  for (const statement of STATEMENTS) gone += (await database.query(statement)).rowCount ?? 0;
  if (gone > 0) log('info', 'pruned', { rows: gone });
}
