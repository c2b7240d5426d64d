/**
 * The queue of mails about accounts. A request adds a row, in its own transaction, and is answered: whether an account
 * exists is looked up when the mail is sent. So neither the response nor its time tells whether an address is known.
 */
import { getCurrentAdapter, queueAfterTransactionHook } from '@better-auth/core/context';
import type { BetterAuthPlugin, DBAdapter } from 'better-auth';
import { languageOf } from './languages';

/** What a mail is about. Its text also depends on whether the address has an account: see `prepare`. */
export type Kind = (typeof KINDS)[number];
/** What has happened to an account: its owner is told, whatever the request. */
export type Notice = (typeof NOTICES)[number];
export const NOTICES = [
  ...(['password-changed', 'two-factor-on', 'two-factor-off', 'recovery-code-used'] as const),
  ...(['deletion-requested', 'account-deleted', 'address-changed'] as const),
  ...(['new-sign-in', 'app-connected', 'token-created', 'passkey-added', 'webhook-added'] as const),
] as const;
export const KINDS = [...NOTICES, 'reset-password', 'sign-up', 'change-address'] as const;

/** A row has no link and no token: those follow from its id (see `links`). */
export interface QueuedMail {
  id: string;
  address: string;
  kind: Kind;
  language: string;
  /** JSON of what the mail needs besides. */
  content: string;
  createdAt: Date;
  attempts: number;
}

export const mailTable = {
  id: 'account-mail',
  schema: {
    accountMail: {
      fields: {
        address: { type: 'string', required: true },
        kind: { type: 'string', required: true },
        language: { type: 'string', required: true },
        content: { type: 'string', required: true },
        createdAt: { type: 'date', required: true },
        dueAt: { type: 'date', required: true, index: true },
        attempts: { type: 'number', required: true },
        issuedAt: { type: 'date', required: false },
        lease: { type: 'string', required: false },
        leasedUntil: { type: 'date', required: false },
      },
    },
  },
} satisfies BetterAuthPlugin;

interface Context {
  headers?: Headers | undefined;
  context: { adapter: DBAdapter };
}

export class MailQueue {
  /** @param send Starts to send what waits; null if this installation sends no mail: then nothing is queued. */
  constructor(private readonly send: (() => void) | null) {}

  get enabled(): boolean {
    return this.send !== null;
  }

  /** Adds a mail, in the transaction of the request if there is one. */
  async add({ headers, context }: Context, kind: Kind, address: string, content: object = {}): Promise<void> {
    const { send } = this;
    if (send === null) return;
    const adapter = await getCurrentAdapter(context.adapter);
    const now = new Date();
    await adapter.create({
      model: 'accountMail',
      data: {
        address: address.toLowerCase(),
        kind,
        language: languageOf(headers?.get('accept-language')),
        content: JSON.stringify(content),
        createdAt: now,
        dueAt: now,
        attempts: 0,
      },
    });
    await queueAfterTransactionHook(() => {
      send();
      return Promise.resolve();
    });
  }
}
