import { existsSync } from 'node:fs';
import { defineConfig, devices } from '@playwright/test';

/** Debian's browser where there is one, else the one that Playwright has downloaded. */
const CHROMIUM = '/usr/bin/chromium';
const browser = existsSync(CHROMIUM) ? { executablePath: CHROMIUM } : {};
const elsewhere = process.env.TODO_WEB_URL;
/** These tests do not depend on where the suite runs, so they are left out when it runs elsewhere. */
const PAGE_ALONE = ['focus', 'identity', 'quick-add', 'server'].map((name) => `${name}.spec.ts`);
/** A suite that runs elsewhere may have a certificate that the browser knows nothing of. */
const certificates = elsewhere?.startsWith('https:') ? ['--ignore-certificate-errors'] : [];

export default defineConfig({
  testDir: 'e2e',
  testMatch: process.env.SCREENSHOTS ? 'pictures.ts' : '*.spec.ts',
  testIgnore: elsewhere ? PAGE_ALONE : [],
  globalSetup: './e2e/suite.ts',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [['line']],
  use: {
    ...devices['Desktop Chrome'],
    channel: undefined,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    launchOptions: {
      ...browser,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        ...certificates,
      ],
    },
  },
});
