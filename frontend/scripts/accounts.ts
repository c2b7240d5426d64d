/** The operator's command for accounts. It needs the environment of the web server. */
import { betterAuth } from 'better-auth';
import { Pool } from 'pg';
import {
  type Account,
  deleteAccount,
  findAccount,
  findAccounts,
  lock,
  resetSecondFactor,
  unlock,
} from '@/lib/auth/operator';
import { authOptions } from '@/lib/auth/options';
import { Revocations } from '@/lib/auth/revocations';
import { Statements } from '@/lib/auth/statements';
import { readSettings } from '@/lib/settings';

const USAGE = `usage: accounts list [part of an address]
       accounts lock | unlock | reset-second-factor | delete <address or id>`;
const MAX_LISTED = 100;

async function main([command = '', who = '', ...others]: string[]): Promise<string> {
  const settings = readSettings(process.env);
  const database = new Pool({ connectionString: settings.databaseUrl, max: 2 });
  const { api } = betterAuth(
    authOptions(settings, database, { revoke: () => Promise.resolve(), sendMails: () => undefined }),
  );
  const sign = async (payload: Record<string, unknown>) => (await api.signJWT({ body: { payload } })).token;
  const revocations = new Revocations(database, new Statements(settings.backendUrl, 'revocations', sign));

  if (others.length > 0) throw new Error(USAGE);
  if (command === 'list') return listed(await findAccounts(database, who, MAX_LISTED));
  if (!['lock', 'unlock', 'reset-second-factor', 'delete'].includes(command) || who === '') throw new Error(USAGE);
  const account = await findAccount(database, who);
  if (!account) throw new Error(`there is no account ${who}; accounts list shows them`);
  switch (command) {
    case 'lock':
      await lock(database, account.id);
      return `${account.email} is locked: ${await refusals(revocations, account.id)}`;
    case 'unlock':
      await unlock(database, account.id);
      return `${account.email} is unlocked, and can sign in again`;
    case 'reset-second-factor':
      await resetSecondFactor(database, account.id, settings.mail !== null);
      return `${account.email} signs in with the password alone, until it turns two-step sign-in on again`;
    default:
      await deleteAccount(database, account.id);
      return [
        `${account.email} is locked: ${await refusals(revocations, account.id)}`,
        'it is deleted within seconds; the services erase the rest within half an hour',
      ].join('\n');
  }
}

/** Reports the lock, and returns what is refused from now on. */
async function refusals(revocations: Revocations, userId: string): Promise<string> {
  await revocations.deliver();
  if (await revocations.isDelivered(userId)) return 'all its sessions, apps and tokens are refused';
  return 'nobody can sign in. The task API does not answer: it still accepts tokens that were issued, for ten minutes at most';
}

function listed(accounts: Account[]): string {
  const lines = accounts.map(({ id, email, createdAt, usedAt, lockedAt, twoFactorEnabled, deletedOn }) =>
    [
      email,
      id,
      `created ${dayOf(createdAt)}`,
      usedAt ? `used ${dayOf(usedAt)}` : 'not signed in',
      ...(twoFactorEnabled ? ['two-step'] : []),
      ...(lockedAt ? [`locked ${dayOf(lockedAt)}`] : []),
      ...(deletedOn ? [`deleted on ${dayOf(deletedOn)}`] : []),
    ].join('  '),
  );
  const more = accounts.length === MAX_LISTED ? [`only the newest ${MAX_LISTED}; name a part of the address`] : [];
  return [...lines, ...more].join('\n') || 'no accounts';
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

main(process.argv.slice(2)).then(
  (text) => {
    console.log(text);
    process.exit(0);
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
