import { settings } from '@/lib/settings';

export const dynamic = 'force-dynamic';

const HALF_A_YEAR_MS = 182 * 24 * 60 * 60 * 1000;

/** Whom to tell of a security problem (RFC 9116). An installation without SECURITY_CONTACT names nobody. */
export function GET(): Response {
  const { publicUrl, securityContact } = settings();
  if (!securityContact) return new Response('Not found\n', { status: 404 });
  const lines = [
    `Contact: ${securityContact}`,
    `Expires: ${new Date(Date.now() + HALF_A_YEAR_MS).toISOString()}`,
    `Canonical: ${publicUrl}/.well-known/security.txt`,
    'Preferred-Languages: en, de, es',
  ];
  return new Response(`${lines.join('\n')}\n`, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}
