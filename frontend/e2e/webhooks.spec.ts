/** Webhooks in the settings, with a receiver on this machine that verifies what it gets. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { violations } from './axe';
import { expect, test as base } from './person';
import { askForProof, prove } from './proofs';

interface Call {
  headers: IncomingMessage['headers'];
  body: string;
}

class Receiver {
  readonly calls: Call[] = [];
  status = 200;

  constructor(private readonly server: Server) {
    server.on('request', (request: IncomingMessage, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        this.calls.push({ headers: request.headers, body });
        response.writeHead(this.status).end(this.status === 200 ? '' : 'out of order');
      });
    });
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}/todo`;
  }

  types(): string[] {
    return this.calls.map(({ body }) => (JSON.parse(body) as { type: string }).type);
  }
}

const test = base.extend<{ receiver: Receiver }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures' names from the first argument
  receiver: async ({}, provide) => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    await provide(new Receiver(server));
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  },
});

function isSigned({ headers, body }: Call, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const signature = createHmac('sha256', key).update(signed).digest('base64');
  return String(headers['webhook-signature']).split(' ').includes(`v1,${signature}`);
}

test('a webhook is added with the password, called with a signature, paused, and deleted', async ({
  person,
  receiver,
}) => {
  const { page } = person;
  await person.open('settings?section=apps');
  await page.getByRole('button', { name: 'New webhook…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New webhook' });
  await expect(dialog.getByLabel('A task is created')).toBeChecked();
  await expect(dialog.getByLabel('A reminder is due')).not.toBeChecked();
  expect(await violations(page)).toEqual([]);
  await dialog.getByLabel('URL').fill(receiver.url);
  await askForProof(page, 'webhook-statement', 'PASSWORD_REQUIRED');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await prove(page);
  const secret = await dialog.locator('code').innerText();
  expect(secret).toMatch(/^whsec_/);
  await page.keyboard.press('Escape');
  await expect(dialog.locator('code'), 'it is not shown again').toHaveText(secret);
  await dialog.getByRole('button', { name: 'Done' }).click();

  await person.api('POST', '/tasks', { title: 'Water the plants' });
  await expect.poll(() => receiver.types()).toEqual(['task.created']);
  expect(receiver.calls.every((call) => isSigned(call, secret))).toBe(true);

  receiver.status = 500;
  await page.getByRole('button', { name: 'Send a test' }).click();
  const log = page.getByRole('list', { name: 'Log' });
  await expect(log).toContainText('Waiting: the receiver answered 500');
  await expect(log).toContainText('out of order');
  expect(await violations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused: you paused it.')).toBeVisible();
  await expect(log).toContainText('Not sent: you paused it');
  receiver.status = 200;
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByRole('button', { name: 'Send again: test' }).click();
  await expect(log).toContainText('Sent: the receiver answered 200');

  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete the webhook' }).click();
  await expect(page.getByText('No webhooks.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Webhooks' })).toBeFocused();
});

test('a URL that no receiver has is refused with the reason', async ({ person }) => {
  const { page } = person;
  await person.open('settings?section=apps');
  await page.getByRole('button', { name: 'New webhook…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New webhook' });
  await dialog.getByLabel('URL').fill('https://10.0.0.1/');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('alert')).toContainText('is not a public address');
});
