import { existsSync } from 'node:fs';
import { defineConfig, devices, type LaunchOptions } from '@playwright/test';

const NEEDS_CHROMIUM = /@chromium/;
const elsewhere = process.env.TODO_WEB_URL;
/**
 * These tests depend on where the suite runs: cookies and headers, streams, events, the service worker, other clients.
 * The others see only the page, and run on this machine. `recovery` and `channels` need the mails of this machine.
 */
const ELSEWHERE = [
  ...['account', 'assistant', 'bulk', 'connect', 'everywhere', 'first-run', 'live', 'offline', 'recurrence', 'restart'],
  ...['tasks', 'terminal'],
];
/** A suite that runs elsewhere may have a certificate that the browser knows nothing of. */
const certificates = elsewhere?.startsWith('https:') ? ['--ignore-certificate-errors'] : [];

export default defineConfig({
  testDir: 'e2e',
  testMatch: tests(),
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

function tests(): string | string[] {
  if (process.env.SCREENSHOTS) return 'pictures.ts';
  if (process.env.FIGURES) return 'figures.ts';
  return elsewhere ? ELSEWHERE.map((name) => `${name}.spec.ts`) : '*.spec.ts';
}

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
