import { GeistSans } from 'geist/font/sans';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Nonce } from '@/components/nonce';
import { SIDEBAR_COOKIE } from '@/lib/sidebar';
import { isTheme, THEME_COOKIE } from '@/lib/theme';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Todo', template: '%s · Todo' },
  description: 'Tasks with dates that do not drift, and a trail of every change',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#17171a' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const chosen = await cookies();
  const theme = chosen.get(THEME_COOKIE)?.value;
  const nonce = (await headers()).get('x-nonce') ?? '';
  return (
    <html
      lang="en"
      className={GeistSans.variable}
      {...(isTheme(theme) ? { 'data-theme': theme } : {})}
      {...(chosen.has(SIDEBAR_COOKIE) ? { 'data-sidebar': 'hidden' } : {})}
    >
      <body className="font-sans antialiased">
        <Nonce value={nonce} />
        {children}
      </body>
    </html>
  );
}
