import type { SendMailOptions } from 'nodemailer';
import { type Language, LANGUAGES } from './languages';
import { type TextKind, TEXTS } from './texts';

interface Parts {
  /** Id of the queued mail: a second attempt is the same message, and mail servers drop it. */
  id: string;
  kind: TextKind;
  address: string;
  language: string;
  link: string;
  from: string;
  /** Host of the installation: its name in the Message-ID. */
  host: string;
  createdAt: Date;
  /** The day, the device or the host that the mail is about. */
  about?: Date | string | null;
}

/** Returns the message for nodemailer, as plain text and as HTML. */
export function compose({
  id,
  kind,
  address,
  language,
  link,
  from,
  host,
  createdAt,
  about = null,
}: Parts): SendMailOptions {
  const known: Language = LANGUAGES.find((candidate) => candidate === language) ?? 'en';
  const { subject, lines, action, after } = TEXTS[known][kind](
    address,
    about instanceof Date ? new Intl.DateTimeFormat(known, { dateStyle: 'long' }).format(about) : (about ?? ''),
  );
  return {
    from: { name: 'Todo', address: from },
    to: { name: '', address },
    subject,
    text: [...lines, `${action}:\n${link}`, ...after].join('\n\n') + '\n',
    html: page(known, subject, lines, after, button(link, action)),
    textEncoding: 'quoted-printable',
    date: createdAt,
    messageId: `<${id}@${host}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

const FONT = 'font: 16px/1.5 system-ui, sans-serif';

function page(language: Language, title: string, lines: string[], after: string[], action: string): string {
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escape(title)}</title>`,
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>',
    `<body style="margin: 0; padding: 24px; ${FONT}"><div style="max-width: 480px; margin: 0 auto">`,
    '<p style="font-weight: 600">Todo</p>',
    ...lines.map((line) => `<p>${escape(line)}</p>`),
    action,
    ...after.map((line) => `<p style="font-size: 14px; opacity: 0.75">${escape(line)}</p>`),
    '</div></body></html>',
  ].join('\n');
}

function button(link: string, label: string): string {
  const style =
    'display: inline-block; padding: 10px 18px; border-radius: 8px; background: #2f5fd0; color: #fff; text-decoration: none';
  return `<p style="margin: 24px 0"><a href="${escape(link)}" style="${style}">${escape(label)}</a></p>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (found) => ENTITIES[found] ?? found);
}
