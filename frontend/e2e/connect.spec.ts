import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIRequestContext, Page } from '@playwright/test';
import { violations } from './axe';
import { expect, PASSWORD, signUp, test, webUrl } from './person';

const VERIFIER = randomBytes(32).toString('base64url');
const NAME = '<img src=x onerror=alert(1)> Helper';

interface Listening {
  redirect: string;
  /** Query parameters of the redirect. */
  answer: Promise<URLSearchParams>;
  close: () => void;
}

/** Starts an app on this computer that waits for the redirect. */
async function listen(): Promise<Listening> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const redirect = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  const answer = new Promise<URLSearchParams>((resolve) => {
    server.on('request', (request, response) => {
      const url = new URL(request.url ?? '', redirect);
      response.end('You can close this page.');
      if (url.pathname === '/callback') resolve(url.searchParams);
    });
  });
  return { redirect, answer, close: () => server.close() };
}

async function register(request: APIRequestContext, redirect: string): Promise<string> {
  const answer = await request.post(`${webUrl()}/api/auth/oauth2/register`, {
    headers: { 'x-forwarded-for': [10, ...randomBytes(3)].join('.') },
    data: {
      client_name: NAME,
      redirect_uris: [redirect],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
    },
  });
  expect(answer.status()).toBe(201);
  return ((await answer.json()) as { client_id: string }).client_id;
}

function request(client: string, redirect: string, scope: string): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client,
    redirect_uri: redirect,
    scope,
    state: 'mine',
    resource: `${webUrl()}/mcp`,
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return `${webUrl()}/api/auth/oauth2/authorize?${query.toString()}`;
}

/** Exchanges the code of the redirect for tokens. */
async function exchange(http: APIRequestContext, client: string, redirect: string, answer: URLSearchParams) {
  const issued = await http.post(`${webUrl()}/api/auth/oauth2/token`, {
    form: {
      grant_type: 'authorization_code',
      client_id: client,
      code: answer.get('code') ?? '',
      redirect_uri: redirect,
      code_verifier: VERIFIER,
    },
  });
  return (await issued.json()) as { access_token: string; refresh_token: string };
}

function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on('pageerror', (error) => found.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|hydrat/i.test(message.text())) found.push(message.text());
  });
  return found;
}

test('somebody signs in for an app, sees what it wants, allows it, and disconnects it', async ({
  page,
  request: http,
}) => {
  const found = complaints(page);
  const person = await signUp(page);
  await page.context().clearCookies();
  const app = await listen();
  const client = await register(http, app.redirect);

  await page.goto(request(client, app.redirect, 'tasks:read tasks:write'));
  await page.waitForURL('**/sign-in?back=*');
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/connect?*');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Connect “${NAME}”?`);
  await expect(page.getByText(person.email)).toBeVisible();
  await expect(page.getByText(new URL(app.redirect).host)).toBeVisible();
  await expect(page.getByRole('listitem')).toHaveText([/^See your tasks/, /^Add, change/, /^Stay connected/]);
  await page.getByRole('button', { name: 'Allow' }).click();
  const answer = await app.answer;
  app.close();
  expect(answer.get('state')).toBe('mine');
  expect(answer.get('iss')).toBe(webUrl());
  await expect(page.getByText('You can close this page.')).toBeVisible();

  const { access_token: token, refresh_token: refresh } = await exchange(http, client, app.redirect, answer);
  const { sub } = JSON.parse(atob(token.split('.')[1] ?? '')) as { sub: string };
  const made = await http.post(`${webUrl()}/api/${sub}/tasks`, {
    headers: { Authorization: `Bearer ${token}` },
    data: { title: 'From the app' },
  });
  expect(made.status()).toBe(201);

  await person.open('all');
  await expect(person.title('From the app')).toBeVisible();
  await person.open('settings?section=apps');
  const apps = page.getByRole('region', { name: 'Connected apps' });
  await expect(apps.getByRole('listitem')).toContainText('Add, change, complete and delete tasks');
  await apps.getByRole('button', { name: `Disconnect ${NAME}` }).click();
  await expect(apps.getByText('No connected apps.')).toBeVisible();
  const again = await http.post(`${webUrl()}/api/auth/oauth2/token`, {
    form: { grant_type: 'refresh_token', client_id: client, refresh_token: refresh },
  });
  expect(again.status()).toBe(400);
  expect(found).toEqual([]);
});

test('an app that revokes its refresh token can no longer use its access token', async ({ page, request: http }) => {
  await signUp(page);
  const app = await listen();
  const client = await register(http, app.redirect);
  await page.goto(request(client, app.redirect, 'tasks:read'));
  await page.getByRole('button', { name: 'Allow' }).click();
  const { access_token: token, refresh_token: refresh } = await exchange(http, client, app.redirect, await app.answer);
  app.close();
  const { sub } = JSON.parse(atob(token.split('.')[1] ?? '')) as { sub: string };
  const list = () => http.get(`${webUrl()}/api/${sub}/tasks`, { headers: { Authorization: `Bearer ${token}` } });
  expect((await list()).status()).toBe(200);
  const revoked = await http.post(`${webUrl()}/api/auth/oauth2/revoke`, {
    form: { client_id: client, token: refresh },
  });
  expect(revoked.status()).toBe(200);
  await expect.poll(async () => (await list()).status()).toBe(401);
});

test('somebody denies an app, and it is told so', async ({ page, request: http }) => {
  await signUp(page);
  const app = await listen();
  await page.goto(request(await register(http, app.redirect), app.redirect, 'tasks:read'));
  await expect(page.getByRole('listitem')).toHaveText([/^See your tasks/, /^Stay connected/]);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Deny' }).click();
  const answer = await app.answer;
  app.close();
  expect([answer.get('error'), answer.get('code'), answer.get('state')]).toEqual(['access_denied', null, 'mine']);
});

test('a request that somebody has changed is not allowed, and an app that nobody knows is not led to', async ({
  page,
  request: http,
}) => {
  await signUp(page);
  const redirect = 'http://127.0.0.1:9/callback';
  const client = await register(http, redirect);
  await page.goto(request(client, redirect, 'tasks:read'));
  await page.goto(page.url().replace('tasks%3Aread', 'tasks%3Aread+tasks%3Awrite'));
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'connect it again' })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/connect');

  await page.goto(request(client, 'http://127.0.0.1:9/other', 'tasks:read'));
  await page.waitForURL('**/refused?*');
  await expect(page.getByRole('heading', { name: 'It did not work' })).toBeVisible();
});
