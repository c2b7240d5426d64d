/** The host of the script and the frame of the official ChatKit component. */
export const CHATKIT_HOST = 'https://cdn.platform.openai.com';

/**
 * Returns the content security policy of a page. Scripts need the nonce. Third parties are not allowed, except
 * ChatKit's host if it is configured. Style attributes are allowed: libraries position their popups with them.
 */
export function policyOf(nonce: string, { development = false, chatkit = false } = {}): string {
  const foreign = chatkit ? ` ${CHATKIT_HOST}` : '';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}${foreign}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "worker-src 'self'",
    ...(chatkit ? [`frame-src ${CHATKIT_HOST}`] : []),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
