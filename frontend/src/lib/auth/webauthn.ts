/** The browser's side of passkeys (https://www.w3.org/TR/webauthn-3/). */
import { AuthError, authRead, authRequest } from './client';

/** Whether this browser has passkeys, in the form that the page uses. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

/** Makes a passkey on this device and adds it to the account. Throws an AuthError, also if the user cancels. */
export async function addPasskey(): Promise<void> {
  const options = await authRead<PublicKeyCredentialCreationOptionsJSON>('passkey/generate-register-options');
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const made = await answered(navigator.credentials.create({ publicKey }));
  await authRequest('passkey/verify-registration', { response: made.toJSON() });
}

/** Signs in with a passkey that the user picks. Throws an AuthError, also if the user cancels. */
export async function enterByPasskey(): Promise<void> {
  const options = await authRead<PublicKeyCredentialRequestOptionsJSON>('passkey/generate-authenticate-options');
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({ ...options, userVerification: 'required' });
  const given = await answered(navigator.credentials.get({ publicKey }));
  try {
    await authRequest('passkey/verify-authentication', { response: given.toJSON() });
  } catch (error) {
    const isGone = error instanceof AuthError && error.code === 'PASSKEY_NOT_FOUND';
    throw isGone ? new AuthError('This passkey belongs to no account any more. Use your password.') : error;
  }
}

async function answered(asking: Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await asking;
    if (credential) return credential as PublicKeyCredential;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'InvalidStateError')
      throw new AuthError('This device has a passkey for the account already.');
  }
  throw new AuthError('No passkey was used. Try again, or use your password.');
}
