import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { NextConfig } from 'next';

/** What holds for every answer; the content security policy has a nonce and is made in `src/proxy.ts`. */
const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Strict-Transport-Security': 'max-age=31536000',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
};

/** Scripts and styles, for browsers that read Brotli: a sixth smaller than what the server compresses itself. */
const BROTLI = {
  source: '/_next/static/:path*.:type(js|css)',
  has: [{ type: 'header' as const, key: 'accept-encoding', value: '.*\\bbr\\b.*' }],
};
const CONTENT_TYPES = { js: 'application/javascript; charset=UTF-8', css: 'text/css; charset=UTF-8' };

/** Names the API's types: a page drops tasks that were stored in the browser when these were others. */
const API_TYPES = createHash('sha256')
  .update(readFileSync('src/lib/api/generated/task-api.d.ts'))
  .digest('hex')
  .slice(0, 12);

const config: NextConfig = {
  env: { API_TYPES },
  output: 'standalone',
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  // Pictures are shown as they are; what would make them smaller is a program of 33 MB for one architecture.
  images: { unoptimized: true },
  outputFileTracingExcludes: { '*': ['node_modules/sharp/**', 'node_modules/@img/**'] },
  poweredByHeader: false,
  reactStrictMode: true,
  experimental: {
    optimizePackageImports: ['radix-ui', 'lucide-react'],
    // `src/proxy.ts` keeps a request's body, and pages take none.
    proxyClientMaxBodySize: 64 * 1024,
  },
  headers: () =>
    Promise.resolve([
      { source: '/:path*', headers: headersOf(SECURITY_HEADERS) },
      ...Object.entries(CONTENT_TYPES).map(([type, contentType]) => ({
        ...BROTLI,
        source: `/_next/static/:path*.${type}`,
        headers: headersOf({ 'Content-Encoding': 'br', 'Content-Type': contentType, Vary: 'Accept-Encoding' }),
      })),
    ]),
  // `scripts/build.mjs` writes the compressed files; the development server has none.
  rewrites: () =>
    Promise.resolve({
      beforeFiles:
        process.env.NODE_ENV === 'production' ? [{ ...BROTLI, destination: '/_next/static/:path*.:type.br' }] : [],
    }),
  redirects: () => Promise.resolve([{ source: '/', destination: '/today', permanent: false }]),
};

function headersOf(values: Record<string, string>) {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

export default config;
