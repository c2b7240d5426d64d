import { expect, it } from 'vitest';
import { readSettings } from './settings';

const GOOD = {
  PUBLIC_URL: 'https://todo.example/',
  BACKEND_URL: 'http://127.0.0.1:8000',
  AUTH_DATABASE_URL: 'postgresql://auth:secret@127.0.0.1/todo',
  AUTH_SECRET: 'x'.repeat(32),
};

it('reads what the server is told', () => {
  const settings = readSettings({
    ...GOOD,
    OTHER_ORIGINS: 'http://a.example,http://b.example',
    TRUSTED_PROXIES: '10.0.0.0/8',
    GITHUB_CLIENT_ID: 'id',
    GITHUB_CLIENT_SECRET: 'secret',
  });
  expect(settings.publicUrl).toBe('https://todo.example');
  expect(settings.otherOrigins).toEqual(['http://a.example', 'http://b.example']);
  expect(settings.trustedProxies).toEqual(['10.0.0.0/8']);
  expect(settings.socialProviders).toEqual({ github: { clientId: 'id', clientSecret: 'secret' } });
});

it('names every setting that is wrong', () => {
  expect(() => readSettings({ PUBLIC_URL: 'todo.example', AUTH_SECRET: 'short', GOOGLE_CLIENT_ID: 'id' })).toThrow(
    /PUBLIC_URL[^]*BACKEND_URL[^]*AUTH_DATABASE_URL[^]*AUTH_SECRET[^]*GOOGLE_CLIENT_SECRET/,
  );
});
