/** What an operator does with accounts. Each function is one transaction. */
import type { Pool, PoolClient } from 'pg';
import { log } from '@/lib/log';
import { addRevocation } from './revocations';
import { transaction } from './transaction';

export interface Account {
  id: string;
  email: string;
  createdAt: Date;
  lockedAt: Date | null;
  twoFactorEnabled: boolean | null;
  /** When a session of it was last used. */
  usedAt: Date | null;
  /** When it is deleted, if its user or an operator has asked for it. */
  deletedOn: Date | null;
}

const ACCOUNTS = `
  SELECT u.id, u.email, u."createdAt", u."lockedAt", u."twoFactorEnabled",
    (SELECT max(s."updatedAt") FROM "session" s WHERE s."userId" = u.id) AS "usedAt",
    (SELECT d."dueAt" FROM "deletion" d WHERE d."userId" = u.id) AS "deletedOn"
  FROM "user" u`;
const MATCHING = `${ACCOUNTS} WHERE strpos(lower(u.email), lower($1)) > 0 ORDER BY u."createdAt" DESC LIMIT $2`;
const ONE = `${ACCOUNTS} WHERE u.id = $1 OR u.email = lower($1)`;

const LOCK = 'UPDATE "user" SET "lockedAt" = coalesce("lockedAt", now()) WHERE id = $1';
const UNLOCK = 'UPDATE "user" SET "lockedAt" = NULL WHERE id = $1';
/** Also what would work again once the account is unlocked: somebody else may have made it. */
const END_ACCESS = [
  'DELETE FROM "session" WHERE "userId" = $1',
  'DELETE FROM "oauthAccessToken" WHERE "userId" = $1',
  'DELETE FROM "oauthRefreshToken" WHERE "userId" = $1',
  'DELETE FROM "oauthConsent" WHERE "userId" = $1',
  'DELETE FROM "accessToken" WHERE "userId" = $1',
  'DELETE FROM "deviceCode" WHERE "userId" = $1',
  'DELETE FROM "passkey" WHERE "userId" = $1',
  `DELETE FROM "account" WHERE "userId" = $1 AND "providerId" <> 'credential'`,
  'DELETE FROM "deletion" WHERE "userId" = $1',
  `DELETE FROM "verification" WHERE value = $1 OR strpos(value, '"userId":"' || $1 || '"') > 0`,
];
const NO_SECOND_FACTOR = [
  'DELETE FROM "twoFactor" WHERE "userId" = $1',
  'UPDATE "user" SET "twoFactorEnabled" = false WHERE id = $1',
  'DELETE FROM "verification" WHERE value = $1',
];
const NOTICE = `
  INSERT INTO "accountMail" (id, address, kind, language, content, "createdAt", "dueAt", attempts)
  SELECT gen_random_uuid()::text, email, 'two-factor-off', 'en', '{}', now(), now(), 0 FROM "user" WHERE id = $1`;
const DELETE = `
  INSERT INTO "deletion" (id, "userId", "dueAt") VALUES (gen_random_uuid()::text, $1, now())
  ON CONFLICT ("userId") DO UPDATE SET "dueAt" = now()`;

/** Returns the newest accounts whose address contains the text. */
export async function findAccounts(database: Pool, text: string, most: number): Promise<Account[]> {
  return (await database.query<Account>(MATCHING, [text, most])).rows;
}

/** Returns the account with this address or id, or null. */
export async function findAccount(database: Pool, who: string): Promise<Account | null> {
  return (await database.query<Account>(ONE, [who])).rows[0] ?? null;
}

/** Ends all access. The account and what is in it stay. Its access tokens are refused when the revocation is reported. */
export async function lock(database: Pool, userId: string): Promise<void> {
  await transaction(database, (client) => endAccess(client, userId));
  log('info', 'account_locked', { user_id: userId });
}

export async function unlock(database: Pool, userId: string): Promise<void> {
  await database.query(UNLOCK, [userId]);
  log('info', 'account_unlocked', { user_id: userId });
}

/** Lets somebody in again who has lost the phone and the recovery codes. The password stays. */
export async function resetSecondFactor(database: Pool, userId: string, sendsMail: boolean): Promise<void> {
  await transaction(database, async (client) => {
    for (const statement of NO_SECOND_FACTOR) await client.query(statement, [userId]);
    if (sendsMail) await client.query(NOTICE, [userId]);
  });
  log('info', 'second_factor_reset', { user_id: userId });
}

/** Deletes the account without the days in which its user could keep it. The server does it within seconds. */
export async function deleteAccount(database: Pool, userId: string): Promise<void> {
  await transaction(database, async (client) => {
    await endAccess(client, userId);
    await client.query(DELETE, [userId]);
  });
  log('info', 'deletion_requested', { user_id: userId, by: 'operator' });
}

async function endAccess(client: PoolClient, userId: string): Promise<void> {
  for (const statement of [LOCK, ...END_ACCESS]) await client.query(statement, [userId]);
  await addRevocation(client, userId, 'all');
}
