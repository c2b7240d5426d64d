/**
 * Links in mails. The token of a link follows from the mail's id and the server's secret: no table has it, and a second
 * attempt to send a mail has the same link. It is in the fragment of the URL, which no server, log or referrer sees.
 */
import { createHash, createHmac } from 'node:crypto';
import type { DBTransactionAdapter } from 'better-auth';
import type { Pool } from 'pg';

/** The paths of the pages, which are also the purposes of the tokens. */
export type Purpose = 'reset-password' | 'confirm-address' | 'change-address';

/**
 * $1 mail, $2 hash of the identifier, $3 value, $4 seconds, $5 the address that user $3 must have, or null. Older links
 * with the same value end. A link is made at the first attempt to send its mail only: a later attempt would make a used
 * one valid again. The row of the user is locked, because a change of the address ends the links of the old one.
 */
const ISSUE = `
  WITH owner AS (SELECT id FROM "user" WHERE id = $3 AND email = $5::text FOR SHARE),
    mail AS (
      UPDATE "accountMail" SET "issuedAt" = now()
      WHERE id = $1 AND "issuedAt" IS NULL AND ($5::text IS NULL OR EXISTS (SELECT FROM owner)) RETURNING id),
    older AS (DELETE FROM "verification" WHERE value = $3 AND EXISTS (SELECT FROM mail))
  INSERT INTO "verification" (id, identifier, value, "expiresAt", "createdAt", "updatedAt")
  SELECT gen_random_uuid()::text, $2, $3, now() + $4 * interval '1 second', now(), now() FROM mail`;

/** $1 hash of the identifier, $2 seconds. The time of a link counts from the attempt that may deliver it. */
const EXTEND = `UPDATE "verification" SET "expiresAt" = now() + $2 * interval '1 second' WHERE identifier = $1`;

interface Link {
  purpose: Purpose;
  /** What the token stands for. */
  value: string;
  seconds: number;
  /** The address, if the value is a user: no link is made if the user has another one by now. */
  address?: string;
}

export class Links {
  constructor(
    private readonly database: Pool,
    private readonly publicUrl: string,
    private readonly secret: string,
  ) {}

  /** Makes the link of a mail valid, and returns it; null if it was used or replaced since an earlier attempt. */
  async issue(mailId: string, { purpose, value, seconds, address }: Link): Promise<string | null> {
    const token = createHmac('sha256', this.secret).update(`${purpose}:${mailId}`).digest('base64url');
    const identifier = storedIdentifier(purpose, token);
    await this.database.query(ISSUE, [mailId, identifier, value, seconds, address ?? null]);
    const { rowCount } = await this.database.query(EXTEND, [identifier, seconds]);
    return rowCount ? `${this.publicUrl}/${purpose}#${token}` : null;
  }
}

/** Ends links of mails, codes of apps and trusted devices of a user; `used` is the id of a row that stays. */
export async function endLinks(adapter: DBTransactionAdapter, userId: string, used: string | null): Promise<void> {
  const others = used === null ? [] : [{ field: 'id', operator: 'ne' as const, value: used }];
  await adapter.deleteMany({ model: 'verification', where: [{ field: 'value', value: userId }, ...others] });
  const named = { field: 'value', operator: 'contains' as const, value: `"userId":"${userId}"` };
  await adapter.deleteMany({ model: 'verification', where: [named] });
}

/** The identifier as it is stored with `storeIdentifier: 'hashed'`. */
export function storedIdentifier(purpose: Purpose, token: string): string {
  return createHash('sha256').update(identifierOf(purpose, token)).digest('base64url');
}

/** The identifier of a token in Better Auth's table of verifications. */
export function identifierOf(purpose: Purpose, token: string): string {
  return `${purpose}:${token}`;
}
