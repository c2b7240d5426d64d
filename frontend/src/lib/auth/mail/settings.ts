/** How mails about accounts leave: by SMTP, or as files in a folder of an installation on a laptop. */
export interface MailSettings {
  from: string;
  out: SmtpSettings | { folder: string };
}

export interface SmtpSettings {
  host: string;
  port: number;
  /** `starttls` is required of the server, never optional; `none` is for a relay on the same machine. */
  security: 'starttls' | 'tls' | 'none';
  /** Empty for a relay that asks for none. */
  user: string;
  password: string;
}

/**
 * Whether an account is made only when its address is confirmed by mail. On a laptop, where mails are files, everybody
 * may sign up at once.
 */
export function confirmsAddresses(mail: MailSettings | null): boolean {
  return mail !== null && !('folder' in mail.out);
}

type Environment = Record<string, string | undefined>;

const SECURITIES = ['starttls', 'tls', 'none'] as const;
const PORTS = { starttls: 587, tls: 465, none: 25 };
const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+$/;
const LOCAL_SENDER = 'todo@localhost';

/** Returns null if the installation sends no mail. Adds a line to `problems` for each missing or invalid setting. */
export function readMailSettings(environment: Environment, problems: string[]): MailSettings | null {
  const { SMTP_HOST: host, SMTP_USER: user = '', SMTP_PASSWORD: password = '', MAIL_FOLDER: folder } = environment;
  if (!host) return folder ? { from: LOCAL_SENDER, out: { folder } } : null;
  const security = SECURITIES.find((known) => known === (environment.SMTP_SECURITY || 'starttls'));
  if (!security) problems.push(`SMTP_SECURITY: needs one of ${SECURITIES.join(', ')}`);
  const port = environment.SMTP_PORT ? Number(environment.SMTP_PORT) : PORTS[security ?? 'starttls'];
  if (!Number.isInteger(port) || port < 1 || port > 65_535) problems.push('SMTP_PORT: needs a port from 1 to 65535');
  if (Boolean(user) !== Boolean(password))
    problems.push('SMTP_USER and SMTP_PASSWORD are given together or not at all');
  const from = environment.MAIL_FROM ?? '';
  if (!ADDRESS.test(from)) problems.push('MAIL_FROM: needs the address of the sender, such as todo@example.com');
  return { from, out: { host, port, security: security ?? 'starttls', user, password } };
}
