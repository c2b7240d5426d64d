import type { SendMailOptions } from 'nodemailer';
import { log } from '@/lib/log';
import { compose } from './message';
import type { Kind, QueuedMail } from './queue';

/** Returns the message of a queued mail, or null if it is not to be sent. */
export type Prepare = (mail: QueuedMail) => Promise<SendMailOptions | null>;

const HOUR_MS = 60 * 60 * 1000;
/** How long a mail is tried. */
const LIFETIMES: Record<Kind, number> = { 'password-changed': 24 * HOUR_MS };

interface Installation {
  publicUrl: string;
  from: string;
}

/** Links begin with the configured URL, whatever host a request names. */
export function preparer({ publicUrl, from }: Installation): Prepare {
  const host = new URL(publicUrl).hostname;
  return (mail) => {
    if (mail.createdAt.getTime() + LIFETIMES[mail.kind] < Date.now()) {
      log('error', 'mail_given_up', { mail_id: mail.id, kind: mail.kind, attempts: mail.attempts });
      return Promise.resolve(null);
    }
    const { id, address, language, createdAt } = mail;
    const link = `${publicUrl}/sign-in`;
    return Promise.resolve(compose({ id, kind: mail.kind, address, language, createdAt, link, from, host }));
  };
}
