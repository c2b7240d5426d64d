import type { SendMailOptions } from 'nodemailer';
import type { Pool } from 'pg';
import { log } from '@/lib/log';
import { Links } from './links';
import { compose } from './message';
import { type Kind, NOTICES, type QueuedMail } from './queue';
import type { TextKind } from './texts';

/** Returns the message of a queued mail, or null if it is not to be sent. */
export type Prepare = (mail: QueuedMail) => Promise<SendMailOptions | null>;

const HOUR_SECONDS = 60 * 60;
/** How long a mail is tried. */
const LIFETIME_SECONDS = 24 * HOUR_SECONDS;
const SHORTER_LIFETIME_SECONDS: Partial<Record<Kind, number>> = {
  'reset-password': HOUR_SECONDS,
  'change-address': HOUR_SECONDS,
};

interface Installation {
  publicUrl: string;
  secret: string;
  from: string;
}

/** Links begin with the configured URL, whatever host a request names. */
export function preparer(database: Pool, { publicUrl, secret, from }: Installation): Prepare {
  const host = new URL(publicUrl).hostname;
  const links = new Links(database, publicUrl, secret);

  async function userIdOf(address: string): Promise<string | null> {
    const { rows } = await database.query<{ id: string }>('SELECT id FROM "user" WHERE email = $1', [address]);
    return rows[0]?.id ?? null;
  }

  /** Returns which text the mail has, and its link. */
  async function content(mail: QueuedMail): Promise<{ kind: TextKind; link: string } | null> {
    const notice = NOTICES.find((kind) => kind === mail.kind);
    if (notice) return { kind: notice, link: `${publicUrl}/sign-in` };
    const userId = await userIdOf(mail.address);
    if (mail.kind === 'reset-password') {
      if (userId === null) return null;
      const { kind: purpose, address } = mail;
      const link = await links.issue(mail.id, { purpose, value: userId, seconds: HOUR_SECONDS, address });
      return link === null ? null : { kind: mail.kind, link };
    }
    if (mail.kind === 'change-address') {
      if (userId !== null) return { kind: 'address-taken', link: `${publicUrl}/sign-in` };
      const value = JSON.stringify({ ...(JSON.parse(mail.content) as { userId: string }), email: mail.address });
      const link = await links.issue(mail.id, { purpose: mail.kind, value, seconds: HOUR_SECONDS });
      return link === null ? null : { kind: mail.kind, link };
    }
    if (userId !== null) return { kind: 'account-exists', link: `${publicUrl}/sign-in` };
    const { name } = JSON.parse(mail.content) as { name: string };
    const purpose = 'confirm-address';
    const value = JSON.stringify({ email: mail.address, name });
    const link = await links.issue(mail.id, { purpose, value, seconds: 24 * HOUR_SECONDS });
    return link === null ? null : { kind: purpose, link };
  }

  return async (mail) => {
    const { id, address, language, createdAt } = mail;
    const seconds = SHORTER_LIFETIME_SECONDS[mail.kind] ?? LIFETIME_SECONDS;
    if (createdAt.getTime() + seconds * 1000 < Date.now()) {
      log('error', 'mail_given_up', { mail_id: id, kind: mail.kind, attempts: mail.attempts });
      return null;
    }
    const found = await content(mail);
    return found && compose({ ...found, id, address, language, createdAt, from, host, about: aboutIn(mail.content) });
  };
}

/** Returns the day, the device or the host that the mail is about, if its content names one. */
function aboutIn(content: string): Date | string | null {
  const { day, device, host } = JSON.parse(content) as { day?: string; device?: string; host?: string };
  return day === undefined ? (device ?? host ?? null) : new Date(day);
}
