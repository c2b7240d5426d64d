import { expect, it } from 'vitest';
import { readSettings } from './settings';

const GOOD = {
  PUBLIC_URL: 'https://todo.example/',
  BACKEND_URL: 'http://127.0.0.1:8000',
  AUTH_DATABASE_URL: 'postgresql://auth:secret@127.0.0.1/todo',
  AUTH_SECRET: 'x'.repeat(32),
  TRUSTED_PROXIES: 'none',
};

it('reads what the server is told', () => {
  const settings = readSettings({
    ...GOOD,
    OTHER_ORIGINS: 'http://a.example,http://b.example',
    TRUSTED_PROXIES: '10.0.0.0/8,fd00::1',
    SIGN_IN_MAX_DELAY_SECONDS: '900',
    GITHUB_CLIENT_ID: 'id',
    GITHUB_CLIENT_SECRET: 'secret',
  });
  expect(settings.publicUrl).toBe('https://todo.example');
  expect(settings.otherOrigins).toEqual(['http://a.example', 'http://b.example']);
  expect(settings.trustedProxies).toEqual(['10.0.0.0/8', 'fd00::1']);
  expect(settings.guesses.account).toEqual({ free: 5, perHour: 100, maxDelaySeconds: 900 });
  expect(settings.socialProviders).toEqual({ github: { clientId: 'id', clientSecret: 'secret' } });
});

it('sends mail by SMTP, to files, or not at all', () => {
  const smtp = { SMTP_HOST: 'smtp.example', MAIL_FROM: 'todo@todo.example' };
  expect(readSettings(GOOD).mail).toBeNull();
  expect(readSettings({ ...GOOD, MAIL_FOLDER: '/mail' }).mail?.out).toEqual({ folder: '/mail' });
  expect(readSettings({ ...GOOD, ...smtp, MAIL_FOLDER: '/mail' }).mail).toEqual({
    from: 'todo@todo.example',
    out: { host: 'smtp.example', port: 587, security: 'starttls', user: '', password: '' },
  });
  expect(readSettings({ ...GOOD, ...smtp, SMTP_SECURITY: 'tls' }).mail?.out).toMatchObject({ port: 465 });
});

it.each([
  ['MAIL_FROM', { MAIL_FROM: 'Todo <todo@todo.example>' }],
  ['SMTP_PORT', { SMTP_PORT: '0' }],
  ['SMTP_SECURITY', { SMTP_SECURITY: 'maybe' }],
  ['SMTP_USER and SMTP_PASSWORD', { SMTP_USER: 'todo' }],
])('refuses a wrong %s', (name, wrong) => {
  const smtp = { SMTP_HOST: 'smtp.example', MAIL_FROM: 'todo@todo.example' };
  expect(() => readSettings({ ...GOOD, ...smtp, ...wrong })).toThrow(new RegExp(`^${name}: |^${name} are`));
});

it('takes a URL as the contact for security problems', () => {
  expect(readSettings({ ...GOOD, SECURITY_CONTACT: 'mailto:security@todo.example' }).securityContact).toMatch(
    /^mailto:/,
  );
  expect(() => readSettings({ ...GOOD, SECURITY_CONTACT: 'security@todo.example' })).toThrow(/^SECURITY_CONTACT: /);
});

it('names every setting that is wrong', () => {
  expect(() => readSettings({ PUBLIC_URL: 'todo.example', AUTH_SECRET: 'short', GOOGLE_CLIENT_ID: 'id' })).toThrow(
    /PUBLIC_URL[^]*TRUSTED_PROXIES[^]*BACKEND_URL[^]*AUTH_DATABASE_URL[^]*AUTH_SECRET[^]*GOOGLE_CLIENT_SECRET/,
  );
});

it.each([undefined, '', 'none,10.0.0.0/8', '10.0.0.0/33', 'gateway.example', '10.0.0.1,'])(
  'needs to know the proxies in front, which %j does not say',
  (value) => {
    expect(() => readSettings({ ...GOOD, TRUSTED_PROXIES: value })).toThrow(/^TRUSTED_PROXIES: /);
  },
);

it.each(['0', '-1', '1.5', 'many', '1000000'])('refuses %s as a limit', (value) => {
  expect(() => readSettings({ ...GOOD, SIGN_IN_FREE_FAILURES_PER_ACCOUNT: value })).toThrow(
    /^SIGN_IN_FREE_FAILURES_PER_ACCOUNT: /,
  );
});

it.each([
  ['AUTH_SECRET', 'CHANGE-ME-to-32-characters-or-more'],
  ['AUTH_DATABASE_URL', 'postgresql://auth:CHANGE-ME@db.example.com/todo'],
])('refuses the example value of %s', (name, value) => {
  expect(() => readSettings({ ...GOOD, [name]: value })).toThrow(new RegExp(`^${name}: still has`));
});
