import { expect, it } from 'vitest';
import { clientLabel } from './entry';

it('names our own clients, and shows every other one as an app', () => {
  expect(clientLabel('web')).toBe('the web page');
  expect(clientLabel('mcp:api')).toBe('the API');
  expect(clientLabel('app:Desk App')).toBe('the app “Desk App”');
  expect(clientLabel('mcp:app:Desk App')).toBe('the app “Desk App”');
  expect(clientLabel('app:web')).toBe('the app “web”');
  expect(clientLabel('mcp:app:web')).toBe('the app “web”');
  expect(clientLabel('an app of before')).toBe('the app “an app of before”');
});
