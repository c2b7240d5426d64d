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

const config: NextConfig = {
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
      { source: '/:path*', headers: Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value })) },
    ]),
  redirects: () => Promise.resolve([{ source: '/', destination: '/today', permanent: false }]),
};

export default config;
