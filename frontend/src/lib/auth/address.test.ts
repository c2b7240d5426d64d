// @vitest-environment node
import { expect, it } from 'vitest';
import { clientAddress, proxyList } from './address';

const PROXIES = proxyList(['10.0.0.0/8', '127.0.0.1', 'fd00::/8']);

it.each([
  [undefined, '203.0.113.9', '203.0.113.9'],
  ['198.51.100.1', '203.0.113.9', '203.0.113.9'], // no proxy: the client sent the header
  ['198.51.100.1', '10.0.0.1', '198.51.100.1'],
  ['1.2.3.4, 198.51.100.1', '10.0.0.1', '198.51.100.1'],
  ['1.2.3.4, 198.51.100.1, 10.0.0.2', '127.0.0.1', '198.51.100.1'],
  ['198.51.100.1', '::ffff:10.0.0.1', '198.51.100.1'],
  ['::ffff:198.51.100.1', '10.0.0.1', '198.51.100.1'],
  ['2001:db8::1', 'fd00::1', '2001:db8::1'],
  ['garbage', '10.0.0.1', '10.0.0.1'],
  ['198.51.100.1, garbage', '10.0.0.1', '10.0.0.1'],
  [' ', '10.0.0.1', '10.0.0.1'],
  ['10.3.4.5', '10.0.0.1', '10.3.4.5'], // only proxies: the first one
])('of %j from %s is %s', (forwarded, peer, client) => {
  expect(clientAddress(forwarded, peer, PROXIES)).toBe(client);
});

it('is the peer where there is no proxy', () => {
  expect(clientAddress('198.51.100.1', '127.0.0.1', proxyList([]))).toBe('127.0.0.1');
});

it.each(['10.0.0.0/33', '10.0.0.0/', 'example.com', '10.0.0.0/8/8', '10/8', '::/129', '10.0.0.0/x'])(
  'refuses the proxy %s',
  (entry) => {
    expect(() => proxyList([entry])).toThrow(entry);
  },
);
