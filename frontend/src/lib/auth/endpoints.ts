import { MAX_PASSWORD } from './password-rules';

/** Fields of a JSON body: texts, each with its maximum length, and objects. */
type Fields = Readonly<Record<string, number | 'object'>>;

export interface Endpoint {
  method: 'GET' | 'POST';
  /** Relative to /api/auth; `:id` stands for one segment. */
  path: string;
  /** The only fields that the body may have. If absent, the body is OAuth's, where unknown parameters are ignored. */
  fields?: Fields;
}

const MAX_EMAIL = 254; // RFC 5321
const MAX_ADDRESS = 2048;
const MAX_CODE = 64;

/**
 * Allow-list of the endpoints that are reachable over HTTP; others return 404. Better Auth registers more, such as
 * /list-sessions, which returns the tokens of all sessions, and an update may add others.
 */
export const ENDPOINTS: readonly Endpoint[] = [
  { method: 'POST', path: '/sign-up/email', fields: { name: 100, email: MAX_EMAIL, password: MAX_PASSWORD } },
  { method: 'POST', path: '/sign-up/request', fields: { name: 100, email: MAX_EMAIL } },
  { method: 'POST', path: '/sign-up/confirm', fields: { token: MAX_CODE, password: MAX_PASSWORD } },
  { method: 'POST', path: '/sign-in/email', fields: { email: MAX_EMAIL, password: MAX_PASSWORD } },
  {
    method: 'POST',
    path: '/sign-in/social',
    fields: { provider: MAX_CODE, callbackURL: MAX_ADDRESS, newUserCallbackURL: MAX_ADDRESS },
  },
  { method: 'GET', path: '/callback/:id' },
  { method: 'POST', path: '/sign-out', fields: {} },
  { method: 'POST', path: '/change-password', fields: { currentPassword: MAX_PASSWORD, newPassword: MAX_PASSWORD } },
  { method: 'POST', path: '/two-factor/enable', fields: { password: MAX_PASSWORD } },
  { method: 'POST', path: '/two-factor/disable', fields: { password: MAX_PASSWORD } },
  { method: 'POST', path: '/two-factor/generate-backup-codes', fields: { password: MAX_PASSWORD } },
  { method: 'POST', path: '/two-factor/verify-totp', fields: { code: MAX_CODE } },
  { method: 'POST', path: '/two-factor/verify-backup-code', fields: { code: MAX_CODE } },
  { method: 'POST', path: '/prove', fields: { password: MAX_PASSWORD, code: MAX_CODE } },
  { method: 'GET', path: '/account-deletion' },
  { method: 'POST', path: '/account-deletion/request', fields: { password: MAX_PASSWORD } },
  { method: 'POST', path: '/account-deletion/cancel', fields: {} },
  { method: 'POST', path: '/password-reset', fields: { email: MAX_EMAIL } },
  { method: 'POST', path: '/reset-password', fields: { token: MAX_CODE, newPassword: MAX_PASSWORD } },
  { method: 'GET', path: '/sessions' },
  { method: 'POST', path: '/sessions/revoke', fields: { id: MAX_CODE } },
  { method: 'POST', path: '/sessions/revoke-others', fields: {} },
  { method: 'GET', path: '/get-session' },
  { method: 'GET', path: '/address-proof' },
  { method: 'POST', path: '/account-statement', fields: {} },
  { method: 'POST', path: '/webhook-statement', fields: { url: MAX_ADDRESS } },
  { method: 'GET', path: '/identity' },
  { method: 'GET', path: '/passkeys' },
  { method: 'GET', path: '/passkey/generate-register-options' },
  { method: 'POST', path: '/passkey/verify-registration', fields: { response: 'object' } },
  { method: 'GET', path: '/passkey/generate-authenticate-options' },
  { method: 'POST', path: '/passkey/verify-authentication', fields: { response: 'object' } },
  { method: 'POST', path: '/passkey/delete-passkey', fields: { id: MAX_CODE } },
  { method: 'POST', path: '/change-address', fields: { email: MAX_EMAIL, password: MAX_PASSWORD } },
  { method: 'POST', path: '/change-address/confirm', fields: { token: MAX_CODE } },
  { method: 'GET', path: '/access-tokens' },
  {
    method: 'POST',
    path: '/access-tokens/create',
    fields: { name: 64, access: MAX_CODE, days: MAX_CODE, password: MAX_PASSWORD },
  },
  { method: 'POST', path: '/access-tokens/delete', fields: { id: MAX_CODE } },
  { method: 'GET', path: '/access-tokens/exchange' },
  { method: 'GET', path: '/token' },
  { method: 'GET', path: '/jwks' },
  { method: 'GET', path: '/device' },
  { method: 'POST', path: '/device/code', fields: { client_id: MAX_CODE, scope: MAX_CODE } },
  {
    method: 'POST',
    path: '/device/token',
    fields: { client_id: MAX_CODE, device_code: MAX_CODE, grant_type: MAX_CODE },
  },
  { method: 'POST', path: '/device/approve', fields: { userCode: MAX_CODE } },
  { method: 'POST', path: '/device/deny', fields: { userCode: MAX_CODE } },
  { method: 'GET', path: '/oauth2/authorize' },
  { method: 'POST', path: '/oauth2/consent' },
  { method: 'POST', path: '/oauth2/introspect' },
  { method: 'POST', path: '/oauth2/register' },
  { method: 'POST', path: '/oauth2/revoke' },
  { method: 'POST', path: '/oauth2/token' },
  { method: 'GET', path: '/connected-apps' },
  { method: 'POST', path: '/connected-apps/revoke', fields: { id: MAX_ADDRESS } },
];

/** Returns the endpoints of a path, one for each allowed method. */
export function endpointsOf(path: string): Endpoint[] {
  return ENDPOINTS.filter((endpoint) => pattern(endpoint.path).test(path));
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);
}

/** Returns the first error of a body, or null. Better Auth checks for missing fields. */
export function fieldProblem(body: unknown, fields: Fields): string | null {
  if (body === undefined || body === null) return null;
  if (typeof body !== 'object' || Array.isArray(body)) return 'the body needs to be a JSON object';
  for (const [name, value] of Object.entries(body)) {
    const longest = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (longest === undefined) return `${name.slice(0, MAX_CODE)}: unknown field`;
    if (longest === 'object') {
      if (typeof value !== 'object' || value === null) return `${name}: needs an object`;
      continue;
    }
    if (typeof value !== 'string') return `${name}: needs a text`;
    if (value.length > longest) return `${name}: has more than ${longest} characters`;
    if (/\p{Cc}/u.test(value)) return `${name}: has control characters`;
  }
  return null;
}
