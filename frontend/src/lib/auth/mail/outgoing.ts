/** Sends a message by SMTP, or writes it to a file. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { MailSettings, SmtpSettings } from './settings';

/** `refused` is final. `failed` is tried again; with `misconfigured`, somebody has to change the settings first. */
export type Outcome =
  | { state: 'sent' }
  | { state: 'refused'; reason: string }
  | { state: 'failed'; reason: string; misconfigured: boolean };
export type Outgoing = (message: SendMailOptions) => Promise<Outcome>;

const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;
/** The whole attempt: each answer may come just in time. */
export const ATTEMPT_MS = 60_000;
const KEPT_FILES = 50;

export function outgoing({ out }: MailSettings): Outgoing {
  return 'folder' in out ? byFile(out.folder) : bySmtp(out);
}

function bySmtp({ host, port, security, user, password }: SmtpSettings): Outgoing {
  return async (message) => {
    const transport = createTransport({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(user ? { auth: { user, pass: password } } : {}),
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      dnsTimeout: CONNECT_MS,
      socketTimeout: ANSWER_MS,
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Outcome>((resolve) => {
      timer = setTimeout(() => {
        resolve({ state: 'failed', reason: 'ETIMEDOUT', misconfigured: false });
      }, ATTEMPT_MS);
    });
    const sent = transport.sendMail(message).then((): Outcome => ({ state: 'sent' }), outcomeOf);
    try {
      return await Promise.race([sent, late]);
    } finally {
      clearTimeout(timer);
      transport.close();
    }
  };
}

const MISCONFIGURED = ['EAUTH', 'ENOAUTH', 'ETLS', 'EOAUTH2', 'ECONFIG'];

/** Only what a server says of this recipient or of this message is final. */
function outcomeOf(error: unknown): Outcome {
  const {
    code = 'EUNKNOWN',
    responseCode,
    command = '',
  } = error as {
    code?: string;
    responseCode?: number;
    command?: string;
  };
  const reason = [code, command, responseCode].filter(Boolean).join(' ');
  if (MISCONFIGURED.includes(code) || command === 'MAIL FROM' || isCertificate(error))
    return { state: 'failed', reason, misconfigured: true };
  const final = ['RCPT TO', 'DATA'].includes(command) && responseCode !== undefined && responseCode >= 500;
  return final ? { state: 'refused', reason } : { state: 'failed', reason, misconfigured: false };
}

function isCertificate(error: unknown): boolean {
  return error instanceof Error && /certificate|self.signed|altnames/i.test(error.message);
}

/** Keeps the newest mails as files that only their owner can read: they have links that open accounts. */
function byFile(folder: string): Outgoing {
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return async (message) => {
    const { message: content } = await writer.sendMail(message);
    const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID()}.eml`;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, `.${name}`), content as Buffer, { mode: 0o600 });
    await rename(join(folder, `.${name}`), join(folder, name));
    const files = (await readdir(folder)).filter((file) => file.endsWith('.eml')).sort();
    for (const file of files.slice(0, -KEPT_FILES)) await rm(join(folder, file), { force: true });
    return { state: 'sent' };
  };
}
