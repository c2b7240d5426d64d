/** Passkeys, with an authenticator that Chromium simulates. */
import type { CDPSession, Page } from '@playwright/test';
import { violations } from './axe';
import { expect, PASSWORD, test, webUrl } from './person';
import { askForProof } from './proofs';

interface Authenticator {
  client: CDPSession;
  authenticatorId: string;
}

async function authenticator(page: Page, verifiesUser: boolean): Promise<Authenticator> {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: verifiesUser,
      automaticPresenceSimulation: true,
    },
  });
  return { client, authenticatorId };
}

test('a passkey signs in without the password, until it is deleted', async ({ person, context }) => {
  const { page } = person;
  await authenticator(page, true);
  await person.open('settings?section=account');
  await askForProof(page, 'passkey/generate-register-options', 'PASSWORD_REQUIRED');
  await page.getByRole('button', { name: 'Add a passkey…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await expect(dialog.getByLabel('Code')).toHaveCount(0);
  await dialog.getByLabel('Password').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  const remove = page.getByRole('button', { name: /^Delete the passkey “Chrome on/ });
  await expect(remove).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Add a passkey…' }).click();
  await expect(page.getByText('This device has a passkey for the account already.')).toBeVisible();

  await context.clearCookies();
  await page.goto(`${webUrl()}/sign-in`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL('**/today');

  await person.open('settings?section=account');
  await remove.click();
  await page.getByRole('button', { name: 'Delete the passkey', exact: true }).click();
  await expect(remove).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Add a passkey…' })).toBeFocused();
  await context.clearCookies();
  await page.goto(`${webUrl()}/sign-in`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByText('This passkey belongs to no account any more.')).toBeVisible();
});

test('a device that does not verify its user is no passkey', async ({ person, context }) => {
  const { page } = person;
  const { client, authenticatorId } = await authenticator(page, true);
  await person.open('settings?section=account');
  await page.getByRole('button', { name: 'Add a passkey…' }).click();
  await expect(page.getByRole('button', { name: /^Delete the passkey/ })).toBeVisible();
  await context.clearCookies();
  await client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  // The page demands it of the browser; here it is a browser that does not care.
  await page.goto(`${webUrl()}/sign-in`);
  const status = await page.evaluate(async () => {
    const options = (await (await fetch('/api/auth/passkey/generate-authenticate-options')).json()) as object;
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({
      ...(options as PublicKeyCredentialRequestOptionsJSON),
      userVerification: 'discouraged',
    });
    const given = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
    const answer = await fetch('/api/auth/passkey/verify-authentication', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ response: given.toJSON() as object }),
    });
    return [answer.status, ((await answer.json()) as { code?: string }).code];
  });
  expect(status).toEqual([401, 'USER_NOT_VERIFIED']);
});
