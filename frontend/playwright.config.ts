import { existsSync } from 'node:fs';
import { defineConfig, devices, type LaunchOptions } from '@playwright/test';

const NEEDS_CHROMIUM = /@chromium/;
const elsewhere = process.env.TODO_WEB_URL;
/** These tests do not depend on where the suite runs, so they are left out when it runs elsewhere. */
const PAGE_ALONE = ['focus', 'identity', 'push', 'quick-add', 'races', 'server', 'surfaces', 'tree', 'walkthrough'];
/** These need the mails of a suite on this machine. */
const MAILS = ['channels', 'recovery'];
const LEFT_OUT = [...PAGE_ALONE, ...MAILS].map((name) => `${name}.spec.ts`);
/** A suite that runs elsewhere may have a certificate that the browser knows nothing of. */
const certificates = elsewhere?.startsWith('https:') ? ['--ignore-certificate-errors'] : [];

export default defineConfig({
  testDir: 'e2e',
  testMatch: process.env.SCREENSHOTS ? 'pictures.ts' : process.env.FIGURES ? 'figures.ts' : '*.spec.ts',
  testIgnore: elsewhere ? LEFT_OUT : [],
  globalSetup: './e2e/suite.ts',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [['line']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: { mode: 'retain-on-failure', screenshots: false },
  },
  // The headless shell renders as Chromium does, at half its CPU, but shows no notifications.
  projects: [
    {
      name: 'shell',
      grepInvert: NEEDS_CHROMIUM,
      use: { launchOptions: options('chromium-headless-shell', 'chromium') },
    },
    { name: 'chromium', grep: NEEDS_CHROMIUM, use: { channel: 'chromium', launchOptions: options('chromium') } },
  ],
});

/** Starts the first of these programs that is installed, else the one that Playwright has downloaded. */
function options(...programs: string[]): LaunchOptions {
  const executablePath = programs.map((program) => `/usr/bin/${program}`).find((path) => existsSync(path));
  return {
    ...(executablePath ? { executablePath } : {}),
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
  };
}
