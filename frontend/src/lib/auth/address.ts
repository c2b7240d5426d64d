/** Finds the client address of a request. Only entries of x-forwarded-for that trusted proxies append are reliable. */
import { BlockList, isIP } from 'node:net';

/** Internal header with the client's address. The server overwrites a value that a client sends. */
export const ADDRESS_HEADER = 'x-client-address';

/** Throws a TypeError with the first entry that is neither an address nor a CIDR. */
export function proxyList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix, ...more] = entry.split('/');
    const family = familyOf(address);
    const bits = prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix);
    if (!isIP(address) || more.length > 0 || prefix === '' || !Number.isInteger(bits) || bits < 0 || bits > 128)
      throw new TypeError(entry);
    try {
      list.addSubnet(address, bits, family);
    } catch {
      throw new TypeError(entry);
    }
  }
  return list;
}

/**
 * Returns the right-most hop that is not a trusted proxy. The connection's peer is the last hop. If the peer is not
 * trusted, the header is ignored, because the client may have made it up. If a hop is not an address, returns the proxy
 * after it.
 */
export function clientAddress(forwarded: string | undefined, peer: string, proxies: BlockList): string {
  const hops = [...(forwarded ?? '').split(',').map((hop) => hop.trim()), withoutMapping(peer)];
  let client = hops.pop() ?? '';
  while (isIP(client) && proxies.check(client, familyOf(client))) {
    const before = withoutMapping(hops.pop() ?? '');
    if (!isIP(before)) break;
    client = before;
  }
  return client;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** A dual-stack socket reports IPv4 addresses as ::ffff:192.0.2.1. */
function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
