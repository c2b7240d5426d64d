import { describe, expect, it } from 'vitest';
import { appName, authorization, withoutSignature } from './requests';

const RESOURCE = 'https://todo.example/mcp';

function asked(query: string): URLSearchParams {
  return new URL(authorization(`https://todo.example/api/auth/oauth2/authorize?${query}`, RESOURCE)).searchParams;
}

describe('what an app asks for', () => {
  it('is put before the person each time, whatever the app says', () => {
    for (const query of ['client_id=a', 'prompt=none', 'prompt=login&max_age=0', 'prompt=none&prompt=none']) {
      expect(asked(query).getAll('prompt')).toEqual(['consent']);
      expect(asked(query).has('max_age')).toBe(false);
    }
  });

  it('is for the one resource when none is named, and else for what is named', () => {
    expect(asked('').get('resource')).toBe(RESOURCE);
    expect(asked('resource=https://other.example/').getAll('resource')).toEqual(['https://other.example/']);
  });

  it('lets the app come back, and keeps the scopes that were asked for', () => {
    expect(asked('scope=tasks:read').get('scope')).toBe('tasks:read offline_access');
    expect(asked('scope=offline_access%20tasks:read').get('scope')).toBe('offline_access tasks:read');
    expect(asked('scope=%20').has('scope')).toBe(false);
    expect(asked('scope=tasks:write').get('scope')).toBe('tasks:write tasks:read offline_access');
  });

  it('leads back from the sign-in as it was', () => {
    expect(withoutSignature('?client_id=a&exp=1&ba_iat=2&ba_param=a&ba_param=b&sig=x%2B&state=%26')).toBe(
      'client_id=a&state=%26',
    );
  });
});

describe("an app's name", () => {
  it('is one line of what can be seen, and not long', () => {
    expect(appName(' Desk\n App\u202e\u0000 ')).toBe('Desk App');
    expect(Array.from(appName('😀'.repeat(100)))).toHaveLength(64);
    expect(appName('\u200b')).toBe('');
    expect(appName(7)).toBe('');
  });
});
