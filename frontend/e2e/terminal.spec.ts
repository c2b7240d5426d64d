import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { violations } from './axe';
import { expect, PASSWORD, signUp, test, webUrl } from './person';

const TODO = resolve(import.meta.dirname, '../../.venv/bin/todo');

interface Ended {
  code: number | null;
  out: string;
}

/** A terminal with empty configuration, except for the URL of the suite. */
class Terminal {
  readonly folder = mkdtempSync(join(tmpdir(), 'todo-terminal-'));

  start(...args: string[]): { command: ChildProcessWithoutNullStreams; ended: Promise<Ended> } {
    const home = { XDG_CONFIG_HOME: this.folder, XDG_STATE_HOME: this.folder, TODO_URL: webUrl() };
    const command = spawn(TODO, args, { env: { ...process.env, TODO_TOKEN: '', BROWSER: '', ...home } });
    let out = '';
    command.stdout.on('data', (data: Buffer) => (out += data.toString()));
    command.stderr.on('data', (data: Buffer) => (out += data.toString()));
    const ended = new Promise<Ended>((done) => command.on('close', (code) => done({ code, out })));
    return { command, ended };
  }

  run(...args: string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  /** Starts a sign-in. Returns the shown code and link, and the end of the command. */
  async login(): Promise<{ code: string; link: string; ended: Promise<Ended> }> {
    const { command, ended } = this.start('login');
    const shown = await new Promise<string>((found, fail) => {
      let out = '';
      command.stdout.on('data', (data: Buffer) => {
        out += data.toString();
        if (out.includes('user_code=')) found(out);
      });
      command.on('close', () => fail(new Error(`it has ended: ${out}`)));
    });
    const [, code = ''] = /enter the code (\w+)/.exec(shown) ?? [];
    const [link = ''] = /\S+user_code=\w+/.exec(shown) ?? [];
    return { code, link, ended };
  }
}

test('somebody signs a terminal in with its code, works there, and signs out for good', async ({ person }) => {
  test.slow();
  const { page } = person;
  const terminal = new Terminal();
  expect((await terminal.run('list')).code).toBe(3);

  const { code, link, ended } = await terminal.login();
  await page.goto(link);
  await expect(page.getByLabel('Code')).toHaveValue(code);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Continue' }).click();
  const request = page.getByRole('region', { name: 'The request' });
  await expect(request).toContainText('todo command in a terminal');
  await expect(request).toContainText(person.email);
  await expect(request).toContainText(code);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByRole('status')).toContainText('Approved');
  const signedIn = await ended;
  expect(signedIn.out).toContain(`Signed in as ${person.email}`);
  expect(signedIn.code).toBe(0);

  const kept = join(terminal.folder, 'todo', 'credentials.json');
  expect(statSync(kept).mode & 0o777).toBe(0o600);
  expect((await terminal.run('add', 'Pay', 'rent', 'tomorrow')).out).toContain('Added 1  Pay rent');
  await person.open('all');
  await expect(person.title('Pay rent')).toBeVisible();
  await expect.poll(async () => (await terminal.run('history', '1')).out).toContain('the terminal');
  expect((await terminal.run('whoami')).out).toContain(person.email);

  // The session is limited to fetching tokens and signing out: other endpoints of the account refuse it.
  const { session } = JSON.parse(readFileSync(kept, 'utf8')) as { session: string };
  const headers = { Authorization: `Bearer ${session}` };
  const ask = (path: string) => fetch(`${webUrl()}/api/auth/${path}`, { headers });
  expect((await ask('token')).status).toBe(200);
  expect((await ask('sessions')).status).toBe(401);
  expect((await ask('list-sessions')).status).toBe(404);

  expect(await terminal.run('logout')).toMatchObject({ code: 0 });
  expect((await terminal.run('list')).code).toBe(3);
  expect((await ask('token')).status).toBe(401);
});

test('a terminal that is denied is not signed in, and its code is used up', async ({ person }) => {
  test.slow();
  const { page } = person;
  const terminal = new Terminal();
  const { code, link, ended } = await terminal.login();
  await page.goto(`${webUrl()}/device`);
  await page.getByLabel('Code').fill('ABCD2345');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'There is no such code' })).toBeVisible();
  await page.getByLabel('Code').fill(code.toLowerCase());
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Deny' }).click();
  await expect(page.getByRole('status')).toContainText('Denied');
  const denied = await ended;
  expect(denied.out).toContain('denied');
  expect(denied.code).toBe(1);
  expect((await terminal.run('list')).code).toBe(3);
  await page.goto(link);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /used already|no such code/ })).toBeVisible();
});

test('whoever is not signed in signs in first, and comes back to the code', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  const person = await signUp(page);
  await page.context().clearCookies();
  await page.goto(`${webUrl()}/device?user_code=ABCD2345`);
  await page.waitForURL('**/sign-in?back=*');
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/device?user_code=ABCD2345');
  await expect(page.getByLabel('Code')).toHaveValue('ABCD2345');
});

test('only a session that a code has made is taken from a header, and only known clients get a code', async ({
  person,
}) => {
  const session = await person.page.context().request.get(`${webUrl()}/api/auth/get-session`);
  const { token } = ((await session.json()) as { session: { token: string } }).session;
  const answer = await fetch(`${webUrl()}/api/auth/token`, { headers: { Authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(401);
  const unknown = await fetch(`${webUrl()}/api/auth/device/code`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ client_id: 'somebody-else' }),
  });
  expect(unknown.status).toBe(400);
});

test('a session that is taken from a header is given no cookie, which would open more', async ({ person }) => {
  const { request } = person.page.context();
  const post = (path: string, data: object, headers = {}) =>
    fetch(`${webUrl()}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(data),
    });
  const client = { client_id: 'todo-terminal' };
  const { device_code, user_code } = (await (await post('device/code', client)).json()) as Record<string, string>;
  await request.get(`${webUrl()}/api/auth/device?user_code=${user_code}`);
  const approved = await request.post(`${webUrl()}/api/auth/device/approve`, {
    data: { userCode: user_code },
    headers: { Origin: webUrl() },
  });
  expect(approved.ok()).toBe(true);
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
  const granted = await post('device/token', { ...client, device_code, grant_type });
  expect(granted.headers.get('set-cookie')).toBeNull();
  const { access_token } = (await granted.json()) as { access_token: string };
  // Signing out normally sets cookies always; other responses only when a session is extended.
  const ended = await post('sign-out', {}, { Authorization: `Bearer ${access_token}` });
  expect(ended.status).toBe(200);
  expect(ended.headers.get('set-cookie')).toBeNull();
});
