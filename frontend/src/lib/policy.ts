/** Where the official ChatKit component comes from, with the frame that it opens. */
export const CHATKIT_HOST = 'https://cdn.platform.openai.com';

/**
 * The content security policy of a page: scripts run when the server has named them, and nothing is asked of a third
 * party, but of ChatKit's when it is set. Attributes of style are allowed, because libraries place their popups with them.
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
