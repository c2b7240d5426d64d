/**
 * Checks and rewrites OAuth requests of apps before Better Auth reads them. A registration keeps only the fields that
 * are used. Every authorization asks for consent: anyone can impersonate a public client, because it has no secret.
 */
export const MAX_NAME = 64;
const MAX_BYTES = 16 * 1024;
const MAX_REDIRECTS = 10;
const MAX_REDIRECT = 1000;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

class Refused extends Error {
  constructor(
    readonly code: 'invalid_client_metadata' | 'invalid_redirect_uri',
    message: string,
  ) {
    super(message);
  }
}

/** Returns the registration request to pass on, or the error response that rejects it (RFC 7591). */
export async function registration(request: Request): Promise<{ request: Request } | { response: Response }> {
  try {
    const body = JSON.stringify(metadata(await content(request)));
    const headers = new Headers(request.headers);
    // Without the cookie, the registration does not belong to a user who happens to be signed in.
    for (const name of ['cookie', 'content-length']) headers.delete(name);
    return { request: new Request(request.url, { method: 'POST', headers, body }) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { response: Response.json({ error: error.code, error_description: error.message }, { status: 400 }) };
  }
}

async function content(request: Request): Promise<Record<string, unknown>> {
  const invalid = new Refused('invalid_client_metadata', 'the body needs to be a JSON object');
  const text = await beginning(request, MAX_BYTES + 1);
  if (text.length > MAX_BYTES)
    throw new Refused('invalid_client_metadata', `the body is larger than ${MAX_BYTES} bytes`);
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found !== 'object' || found === null || Array.isArray(found)) throw invalid;
    return found as Record<string, unknown>;
  } catch {
    throw invalid;
  }
}

/** Reads a body until it has the wanted length or ends. The last chunk is returned whole. */
async function beginning(request: Request, wanted: number): Promise<string> {
  const reader = request.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (reader && text.length < wanted) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return text;
}

function metadata(asked: Record<string, unknown>): Record<string, unknown> {
  const redirects = asked.redirect_uris;
  if (!Array.isArray(redirects) || redirects.length === 0 || redirects.length > MAX_REDIRECTS)
    throw new Refused('invalid_redirect_uri', `redirect_uris: needs 1 to ${MAX_REDIRECTS} addresses`);
  const addresses = redirects.map(redirectAddress);
  return {
    redirect_uris: addresses.map(({ href }) => href),
    client_name: appName(asked.client_name) || `An app at ${addresses[0]?.host}`,
    grant_types: asked.grant_types,
    response_types: asked.response_types,
    token_endpoint_auth_method: asked.token_endpoint_auth_method,
    application_type: 'native', // same rule as `redirectAddress`: https, or http to loopback
  };
}

function redirectAddress(given: unknown): { href: string; host: string } {
  const refused = new Refused('invalid_redirect_uri', 'redirect_uris: https addresses, or http to localhost alone');
  if (typeof given !== 'string' || given.length > MAX_REDIRECT || !URL.canParse(given)) throw refused;
  const { protocol, hostname, host } = new URL(given);
  if (protocol !== 'https:' && !(protocol === 'http:' && LOOPBACK.includes(hostname))) throw refused;
  return { href: given, host };
}

/** Reduces a name to one line of visible characters. Users decide on the consent by it. */
export function appName(given: unknown): string {
  if (typeof given !== 'string') return '';
  const seen = given.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return Array.from(seen).slice(0, MAX_NAME).join('');
}

/**
 * Returns the URL of an authorization request with our rules applied: consent is always asked for, the only resource is
 * the default (RFC 8707), and `offline_access` is added to the scopes. Otherwise an app would need a new consent every
 * 15 minutes. Whether it gets a refresh token still depends on the grant types that it has registered.
 */
export function authorization(address: string, resource: string): string {
  const url = new URL(address);
  const asked = url.searchParams;
  asked.set('prompt', 'consent');
  asked.delete('max_age');
  if (!asked.has('resource')) asked.set('resource', resource);
  const scopes = (asked.get('scope') ?? '').split(' ').filter(Boolean);
  if (scopes.length === 0) asked.delete('scope');
  else asked.set('scope', [...new Set([...scopes, ...needed(scopes), 'offline_access'])].join(' '));
  return url.href;
}

/** `tasks:write` needs `tasks:read`: the response to a change contains the task, so no endpoint accepts write alone. */
function needed(scopes: string[]): string[] {
  return scopes.includes('tasks:write') ? ['tasks:read'] : [];
}

/** Returns the query of an authorization request without the parameters that Better Auth has added. */
export function withoutSignature(search: string): string {
  const asked = new URLSearchParams(search);
  for (const name of ['sig', 'exp', ...[...asked.keys()].filter((key) => key.startsWith('ba_'))]) asked.delete(name);
  return asked.toString();
}
